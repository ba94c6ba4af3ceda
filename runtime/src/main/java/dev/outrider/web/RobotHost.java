package dev.outrider.web;

import dev.outrider.Robot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds the running robot for the HTTP face; empty while it starts and once it stops. */
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

    /** Shows nothing any more. */
    public void hide() {
        robot = null;
    }

    public Optional<Robot> robot() {
        return Optional.ofNullable(robot);
    }

    /** The secret, or empty while there is no robot. */
    Optional<String> token() {
        return Optional.ofNullable(token);
    }
}
