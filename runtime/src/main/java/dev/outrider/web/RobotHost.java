package dev.outrider.web;

import dev.outrider.Robot;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the running robot for the HTTP face; empty while it starts and once it stops. Quarkus waits
 * for its observers when it is told to end, and for nobody else, so the robot is taken down here.
 */
@ApplicationScoped
public class RobotHost {

    private volatile @Nullable Robot robot;
    private volatile @Nullable String token;

    /**
     * Shows a robot.
     *
     * @param localToken the secret that only users of this machine's data folder can read
     */
    public void show(Robot running, String localToken) {
        token = localToken;
        robot = running;
    }

    public Optional<Robot> robot() {
        return Optional.ofNullable(robot);
    }

    /** The secret, or empty while there is no robot. */
    Optional<String> token() {
        return Optional.ofNullable(token);
    }

    void end(@Observes ShutdownEvent event) {
        Robot running = robot;
        robot = null;
        if (running != null) {
            running.close();
        }
    }
}
