package dev.outrider;

import dev.outrider.mqtt.BrokerUrl;
import dev.outrider.mqtt.Credentials;
import dev.outrider.mqtt.EmbeddedBroker;
import dev.outrider.mqtt.LinkConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The link's configuration, and the broker it needs if there is none. */
record LinkSetup(RobotConfig config) {

    /**
     * A broker inside this process, on loopback.
     *
     * @throws StartupFailure if it does not start
     */
    EmbeddedBroker embedded(Path data) {
        try {
            return EmbeddedBroker.start(data.resolve("broker"), config.mqtt().port());
        } catch (IOException e) {
            throw new StartupFailure(
                    "no MQTT broker: "
                            + e.getMessage()
                            + "; choose another port with --mqtt-port, or a broker of your own with --mqtt-url",
                    e);
        }
    }

    /**
     * How to reach the configured broker, or the embedded one where there is one.
     *
     * @throws IllegalArgumentException naming what is wrong in the configuration
     */
    LinkConfig config(@Nullable EmbeddedBroker broker) {
        RobotConfig.Mqtt mqtt = config.mqtt();
        BrokerUrl url = broker == null ? BrokerUrl.parse(mqtt.url().orElseThrow()) : broker.url();
        return LinkConfig.of(config.robot(), url)
                .withRoot(mqtt.root())
                .withCredentials(credentials(mqtt).orElse(null))
                .withDeadline(config.commands().deadline())
                .withMaxPayload(mqtt.maxPayload());
    }

    private static Optional<Credentials> credentials(RobotConfig.Mqtt mqtt) {
        return mqtt.username()
                .map(user ->
                        new Credentials(
                                user,
                                mqtt.password()
                                        .or(() -> mqtt.passwordFile().map(LinkSetup::secret))
                                        .orElse("")));
    }

    private static String secret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartupFailure(
                    "the password file "
                            + file
                            + " cannot be read ("
                            + e.getClass().getSimpleName()
                            + ": "
                            + e.getMessage()
                            + ")",
                    e);
        }
    }
}
