package dev.outrider.mqtt;

import static dev.outrider.mqtt.LinkedRobot.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The link encrypted, to a broker whose certificate is for {@code localhost}. */
@Timeout(60)
class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir Path folder;
    private SSLContext usual;
    private SSLContext own;

    @BeforeEach
    void makeACertificate() throws IOException, InterruptedException, GeneralSecurityException {
        usual = SSLContext.getDefault();
        Path store = folder.resolve("store.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "broker",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                new String(PASSWORD))
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
        own = context(KeyStore.getInstance(store.toFile(), PASSWORD));
    }

    @AfterEach
    void trustAsUsual() {
        SSLContext.setDefault(usual);
    }

    @Test
    void connectsToABrokerItsJvmTrusts() throws IOException {
        SSLContext.setDefault(own);
        try (ScriptedBroker broker = encrypted();
                LinkedRobot robot = robot("localhost", broker)) {
            assertThat(robot.link.awaitConnected(LONG)).isTrue();
            assertThat(robot.link.status().broker()).startsWith("mqtts://localhost:");
        }
    }

    @Test
    void refusesABrokerNobodyVouchesFor() throws IOException {
        try (ScriptedBroker broker = encrypted();
                LinkedRobot robot = robot("localhost", broker)) {
            await().until(
                            () -> String.valueOf(robot.link.status().lastError()),
                            error -> error.contains("unable to find valid certification path"));
        }
    }

    @Test
    void refusesACertificateForAnotherHost() throws IOException {
        SSLContext.setDefault(own);
        try (ScriptedBroker broker = encrypted();
                LinkedRobot robot = robot("127.0.0.1", broker)) {
            await().until(
                            () -> String.valueOf(robot.link.status().lastError()),
                            error -> error.contains("No subject alternative names"));
            assertThat(robot.link.status().connected()).isFalse();
        }
    }

    private ScriptedBroker encrypted() throws IOException {
        return new ScriptedBroker(
                own.getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                ScriptedBroker.polite());
    }

    private LinkedRobot robot(String host, ScriptedBroker broker) {
        BrokerUrl url = new BrokerUrl(host, broker.url().port(), true);
        return new LinkedRobot(folder.resolve("robot"), LinkedRobot.quick(url));
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted(store));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore trusted(KeyStore store) throws GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        trusted.setCertificateEntry("broker", store.getCertificate("broker"));
        return trusted;
    }
}
