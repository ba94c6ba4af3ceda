package dev.outrider.cli;

import dev.outrider.RobotConfig;
import dev.outrider.mqtt.BrokerUrl;
import dev.outrider.mqtt.Controller;
import dev.outrider.mqtt.Credentials;
import dev.outrider.mqtt.LinkConfig;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The robot a command is meant for. */
final class RobotTarget {

    private static final String DEFAULT_BROKER = "mqtt://127.0.0.1:1883";
    private static final String DEFAULT_ROBOT = "rover-1";

    @Option(
            names = "--mqtt-url",
            paramLabel = "URL",
            description =
                    "The robot's broker (default: the robot that runs here, else "
                            + DEFAULT_BROKER
                            + ").")
    private @Nullable String mqttUrl;

    @Option(
            names = "--robot",
            paramLabel = "NAME",
            description =
                    "The robot's name (default: the robot that runs here, else "
                            + DEFAULT_ROBOT
                            + ").")
    private @Nullable String robot;

    @Option(
            names = "--root",
            paramLabel = "LEVEL",
            defaultValue = LinkConfig.ROOT,
            description = "The first topic level (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String root;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "The data folder of the robot that runs here (default: ~/"
                            + RobotConfig.DATA
                            + ").")
    private @Nullable Path data;

    /** The robot that runs on this machine, if one does. */
    Optional<Endpoint> here() {
        return Endpoint.find(data == null ? standardData() : data);
    }

    static Path standardData() {
        String configured = System.getenv("OUTRIDER_DATA");
        return configured == null
                ? Path.of(System.getProperty("user.home"), RobotConfig.DATA)
                : Path.of(configured);
    }

    /** Connects to the robot's broker, or fails in one line. */
    Controller connect(Consumer<Controller.Message> heard, Consumer<String> lost) {
        try {
            return Controller.connect(link(), heard, lost);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    /** The robot's name. */
    String robot() {
        return robot != null ? robot : here().map(Endpoint::robot).orElse(DEFAULT_ROBOT);
    }

    private LinkConfig link() {
        String url = mqttUrl != null ? mqttUrl : here().map(Endpoint::mqtt).orElse(DEFAULT_BROKER);
        return LinkConfig.of(robot(), BrokerUrl.parse(url))
                .withRoot(root)
                .withCredentials(credentials());
    }

    private static @Nullable Credentials credentials() {
        String user = System.getenv("OUTRIDER_MQTT_USERNAME");
        String password = System.getenv("OUTRIDER_MQTT_PASSWORD");
        return user == null ? null : new Credentials(user, password == null ? "" : password);
    }
}
