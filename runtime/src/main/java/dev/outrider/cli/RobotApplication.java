package dev.outrider.cli;

import dev.outrider.Robot;
import dev.outrider.RobotConfig;
import dev.outrider.StartupFailure;
import dev.outrider.ai.catalogue.Progress;
import dev.outrider.web.RobotHost;
import dev.outrider.web.RobotMetrics;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts the robot inside Quarkus, says what runs where, and takes it down at the end. */
public final class RobotApplication implements QuarkusApplication {

    private static final int TOKEN_BYTES = 32;

    private final RobotConfig config;
    private final RobotHost host;
    private final RobotMetrics metrics;
    private final int httpPort;

    RobotApplication(
            RobotConfig config,
            RobotHost host,
            RobotMetrics metrics,
            @ConfigProperty(name = "quarkus.http.port") int httpPort) {
        this.config = config;
        this.host = host;
        this.metrics = metrics;
        this.httpPort = httpPort;
    }

    @Override
    public int run(String... args) {
        Robot robot;
        try {
            robot = Robot.start(config, Outrider.version(), fetching());
        } catch (StartupFailure failure) {
            System.err.println("outrider: " + failure.line());
            return 1;
        }
        try {
            show(robot);
        } catch (IOException e) {
            robot.close();
            System.err.println("outrider: the data folder cannot be written: " + e.getMessage());
            return 1;
        }
        Quarkus.waitForExit();
        return 0;
    }

    private void show(Robot robot) throws IOException {
        Path data = config.data();
        String http = "http://127.0.0.1:" + httpPort;
        byte[] secret = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(secret);
        String token = HexFormat.of().formatHex(secret);
        new Endpoint(
                        ProcessHandle.current().pid(),
                        config.robot(),
                        robot.link().broker(),
                        http,
                        token)
                .write(data);
        robot.beforeClosing(() -> Endpoint.delete(data));
        host.show(robot, token);
        metrics.bind(robot);
        new Announcement(robot, http).print(System.out);
    }

    private static Progress fetching() {
        return (step, done, total) ->
                System.err.printf(
                        "outrider: model: %s (%d of %d MB)%n", step, done >> 20, total >> 20);
    }
}
