package dev.outrider.hal.motion;

import dev.outrider.hal.part.Pose;
import dev.outrider.hal.safety.Engagement;
import java.time.Duration;

/** How a motion ended. Whatever the way, the robot stands still, at {@link #end()} by odometry. */
public sealed interface MotionResult {

    Pose end();

    /** It got where it was sent. */
    record Completed(Pose end) implements MotionResult {}

    /** Something is in the way; the reason is a sentence with figures. */
    record Blocked(Pose end, String reason) implements MotionResult {}

    /** The watch asked for it to end, or the thread was interrupted. */
    record Cancelled(Pose end) implements MotionResult {}

    /** The emergency stop engaged, before or during the motion. */
    record Interrupted(Pose end, Engagement by) implements MotionResult {}

    /** It took far longer than it should have. */
    record TimedOut(Pose end, Duration after) implements MotionResult {}
}
