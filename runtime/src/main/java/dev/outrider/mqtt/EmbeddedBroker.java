package dev.outrider.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * A broker inside the robot's process, for robots that have none beside them: MQTT 5 and 3.1.1, on
 * loopback only, what it acknowledged on disk. Whoever can reach the loopback interface may use it.
 */
public final class EmbeddedBroker implements AutoCloseable {

    /** Flushed at once; the default gathers writes for 3.3 ms, twice in every round trip. */
    private static final int FLUSH_NANOS = 0;

    /** Kept here, because a logger nobody holds forgets its level. */
    private static final List<Logger> QUIET =
            List.of(
                    Logger.getLogger("org.apache.activemq.audit"),
                    Logger.getLogger("org.apache.activemq.audit.base"),
                    Logger.getLogger("org.apache.activemq.audit.resource"),
                    Logger.getLogger("org.apache.activemq.audit.message"),
                    Logger.getLogger("org.apache.activemq.artemis"),
                    Logger.getLogger("org.apache.activemq.artemis.core.server"));

    private static final String PROTOCOL = "MQTT";

    private final EmbeddedActiveMQ server;
    private final int port;

    private EmbeddedBroker(EmbeddedActiveMQ server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker.
     *
     * @param folder where it keeps what it acknowledged; its own
     * @param port or 0 for a free one
     * @throws IOException in one line, if the port is in use or the broker does not start
     */
    public static EmbeddedBroker start(Path folder, int port) throws IOException {
        int chosen = free(port);
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        try {
            server.setConfiguration(configuration(folder, chosen));
            server.start();
        } catch (Exception e) {
            throw new IOException("the embedded broker does not start: " + e.getMessage(), e);
        }
        if (!server.getActiveMQServer().isActive()) {
            throw new IOException("the embedded broker does not start in " + folder);
        }
        return new EmbeddedBroker(server, chosen);
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Where the link finds it. */
    public BrokerUrl url() {
        return new BrokerUrl("127.0.0.1", port, false);
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the embedded broker does not stop: " + e.getMessage(), e);
        }
    }

    private static int free(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new IOException("port " + port + " is in use (" + e.getMessage() + ")", e);
        }
    }

    private static Configuration configuration(Path folder, int port) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setName("outrider");
        configuration.setSecurityEnabled(false);
        configuration.setJMXManagementEnabled(false);
        configuration.setPersistenceEnabled(true);
        configuration.setBrokerInstance(folder.toFile());
        configuration.setJournalDirectory(folder.resolve("journal").toString());
        configuration.setBindingsDirectory(folder.resolve("bindings").toString());
        configuration.setLargeMessagesDirectory(folder.resolve("large").toString());
        configuration.setPagingDirectory(folder.resolve("paging").toString());
        configuration.setJournalType(JournalType.NIO);
        configuration.setJournalFileSize(1024 * 1024);
        configuration.setJournalMinFiles(2);
        configuration.setJournalBufferTimeout_NIO(FLUSH_NANOS);
        configuration.setScheduledThreadPoolMaxSize(1);
        configuration.setThreadPoolMaxSize(4);
        configuration.addAcceptorConfiguration(acceptor(port));
        configuration.addAddressSetting("#", addresses());
        return configuration;
    }

    private static TransportConfiguration acceptor(int port) {
        Map<String, Object> transport = new HashMap<>();
        transport.put("host", "127.0.0.1");
        transport.put("port", port);
        transport.put("protocols", PROTOCOL);
        transport.put("tcpNoDelay", true);
        transport.put("remotingThreads", 2);
        Map<String, Object> mqtt = new HashMap<>();
        mqtt.put("maximumPacketSize", 1024 * 1024);
        mqtt.put("receiveMaximum", 1000);
        return new TransportConfiguration(
                NettyAcceptorFactory.class.getName(), transport, "mqtt", mqtt);
    }

    private static AddressSettings addresses() {
        AddressSettings settings = new AddressSettings();
        settings.setMaxDeliveryAttempts(-1); // however often a link drops, nothing is given up
        settings.setDeadLetterAddress(SimpleString.of("undelivered"));
        settings.setExpiryAddress(SimpleString.of("expired"));
        settings.setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE);
        settings.setMaxSizeBytes(16 * 1024 * 1024);
        return settings;
    }
}
