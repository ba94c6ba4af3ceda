package dev.outrider.hal.motion;

import dev.outrider.hal.part.Pose;
import java.time.Duration;

/** Notices a robot that is told to move and does not: a collision, a stuck or slipping wheel. */
final class StallCheck {

    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final double MOVED_METERS = 0.005;
    private static final double MOVED_DEGREES = 0.5;

    private Pose anchor;
    private long since;

    StallCheck(Pose start, long nanos) {
        this.anchor = start;
        this.since = nanos;
    }

    boolean stalled(Pose pose, long nanos) {
        if (pose.point().distanceTo(anchor.point()) >= MOVED_METERS
                || Math.abs(Pose.turn(anchor.heading(), pose.heading())) >= MOVED_DEGREES) {
            anchor = pose;
            since = nanos;
        }
        return nanos - since > PATIENCE.toNanos();
    }
}
