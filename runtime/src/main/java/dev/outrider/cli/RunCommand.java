package dev.outrider.cli;

import dev.outrider.RobotConfig;
import dev.outrider.ai.llama.LlamaOptions;
import io.quarkus.runtime.Quarkus;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the robot and stays with it. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the robot: with nothing configured, a simulated one with a broker of its own.",
            "Stops cleanly on Ctrl-C or SIGTERM."
        })
final class RunCommand implements Callable<Integer> {

    private static final int CONFIG_FILE_ORDINAL = 260;

    @Option(
            names = "--robot",
            paramLabel = "NAME",
            description = "The robot's name (default: rover-1).")
    private @Nullable String robot;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "What must survive a restart (default: ~/" + RobotConfig.DATA + ").")
    private @Nullable String data;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "HTTP on loopback (default: 8080; 0 takes any).")
    private @Nullable Integer port;

    @Option(
            names = "--mqtt-port",
            paramLabel = "PORT",
            description = "The embedded broker (default: 1883; 0 takes any).")
    private @Nullable Integer mqttPort;

    @Option(
            names = "--mqtt-url",
            paramLabel = "URL",
            description = "A broker of your own instead, mqtt://host:1883 or mqtts://host:8883.")
    private @Nullable String mqttUrl;

    @Option(
            names = "--board",
            paramLabel = "FILE|NAME",
            description =
                    "The board: a YAML profile, or a name of \"outrider board list\" (default: simulated).")
    private @Nullable String board;

    @Option(
            names = "--model",
            paramLabel = "FILE|NAME",
            description = {
                "The local rung: a GGUF file, a name of the catalogue, or none",
                "(default: scout, the small model that is built in)."
            })
    private @Nullable String model;

    @Option(
            names = "--context",
            paramLabel = "TOKENS",
            description =
                    "The context promised to the local model (default: "
                            + LlamaOptions.PROMISED_CONTEXT
                            + "; less is degraded).")
    private @Nullable Integer context;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads of the local model (default: as many as prove fastest while running).")
    private @Nullable Integer threads;

    @Option(
            names = "--cache-type",
            paramLabel = "TYPE",
            description =
                    "How the local model's context is stored: f16, q8_0, q4_0 (default: f16).")
    private @Nullable String cacheType;

    @Option(
            names = "--cloud-url",
            paramLabel = "URL",
            description =
                    "The cloud rung: any OpenAI-compatible service, replicas divided by commas; its"
                            + " key in OUTRIDER_CLOUD_KEY.")
    private @Nullable String cloudUrl;

    @Option(
            names = "--cloud-model",
            paramLabel = "NAME",
            description = "The cloud's model (default: reasoner-large).")
    private @Nullable String cloudModel;

    @Option(
            names = "--camera",
            paramLabel = "FOLDER|DEVICE",
            description = {
                "What it sees with: a folder of pictures, or a device such as /dev/video0",
                "(default: the first camera of a real board, none of a simulated one)."
            })
    private @Nullable String camera;

    @Option(
            names = "--microphone",
            paramLabel = "FOLDER|DEVICE",
            description = {
                "What it hears with: a folder of WAV files, or a device of ALSA's such as default",
                "(default: ALSA's own of a real board, none of a simulated one)."
            })
    private @Nullable String microphone;

    @Option(
            names = "--speaker",
            paramLabel = "FOLDER|DEVICE",
            description = {
                "What it speaks with: a folder that WAV files are written to, or a device of ALSA's",
                "(default: ALSA's own of a real board, none of a simulated one)."
            })
    private @Nullable String speaker;

    @Option(
            names = "--listen",
            description =
                    "Listens all the time: what is said is obeyed, and answered through the speaker.")
    private boolean listen;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file with outrider.* keys; options here win over it.")
    private @Nullable Path config;

    @Override
    public Integer call() {
        Map<String, String> settings = settings();
        RobotConfig checked = checked(settings);
        int http = free(checked.http().port());
        settings.put("quarkus.http.port", Integer.toString(http));
        settings.forEach(System::setProperty);
        AtomicInteger exit = new AtomicInteger();
        Quarkus.run(RobotApplication.class, (code, failure) -> exit.set(end(code, failure)));
        return exit.get();
    }

    private static int end(int code, @Nullable Throwable failure) {
        if (failure == null) {
            return code;
        }
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        System.err.println("outrider: the robot could not start or broke: " + root);
        return 1;
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        put(settings, "outrider.robot", robot);
        put(settings, "outrider.data", data);
        put(settings, "outrider.http.port", port);
        put(settings, "outrider.mqtt.port", mqttPort);
        put(settings, "outrider.mqtt.url", mqttUrl);
        put(settings, "outrider.board", board);
        put(settings, "outrider.local.model", model);
        put(settings, "outrider.local.context", context);
        put(settings, "outrider.local.threads", threads);
        put(settings, "outrider.local.cache-type", cacheType);
        put(settings, "outrider.cloud.url", cloudUrl);
        put(settings, "outrider.cloud.model", cloudModel);
        put(settings, "outrider.senses.camera", camera);
        put(settings, "outrider.senses.microphone", microphone);
        put(settings, "outrider.senses.speaker", speaker);
        put(settings, "outrider.senses.listen", listen ? true : null);
        if (config != null) {
            settings.put("smallrye.config.locations", config.toAbsolutePath().toUri().toString());
        }
        return settings;
    }

    private static void put(Map<String, String> settings, String key, @Nullable Object value) {
        if (value != null) {
            settings.put(key, value.toString());
        }
    }

    /** Reads the configuration as the robot will, to fail in one line rather than in a trace. */
    private RobotConfig checked(Map<String, String> settings) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .addDefaultSources()
                        .withSources(new PropertiesConfigSource(settings, "options", 500))
                        .withMapping(RobotConfig.class)
                        .withValidateUnknown(true);
        if (config != null) {
            builder.withSources(
                    new PropertiesConfigSource(
                            read(config), config.toString(), CONFIG_FILE_ORDINAL));
        }
        try {
            return builder.build().getConfigMapping(RobotConfig.class);
        } catch (ConfigValidationException e) {
            throw new CommandFailure("the configuration is wrong: " + problems(e));
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new CommandFailure("the configuration is wrong: " + e.getMessage());
        }
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure("the configuration file " + file + " cannot be read: " + e);
        }
        Map<String, String> map = new HashMap<>();
        properties.forEach((key, value) -> map.put(key.toString(), value.toString()));
        return map;
    }

    private static String problems(ConfigValidationException e) {
        return IntStream.range(0, e.getProblemCount())
                .mapToObj(i -> e.getProblem(i).getMessage().replaceAll("\\s+", " "))
                .collect(Collectors.joining("; "));
    }

    /** The port itself, or a free one for 0. */
    private static int free(int wanted) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return probe.getLocalPort();
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(
                    "HTTP port "
                            + wanted
                            + " cannot be used ("
                            + e.getMessage()
                            + "); choose another with --port");
        }
    }
}
