package dev.outrider.model;

import java.util.OptionalDouble;

/** What the body measures of itself. */
public record BodyState(Pose pose, Battery battery, boolean emergencyStop) {

    /**
     * Where the robot is: metres, and degrees with left positive (REP 103), in the frame it started
     * in.
     */
    public record Pose(double x, double y, double heading) {}

    /**
     * The battery.
     *
     * @param charge 0 to 1, empty if nobody knows
     * @param external whether it is fed from outside
     */
    public record Battery(OptionalDouble charge, boolean external) {}
}
