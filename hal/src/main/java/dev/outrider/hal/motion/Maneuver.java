package dev.outrider.hal.motion;

import dev.outrider.hal.part.Pose;
import java.time.Duration;

/** One motion under way: told where the robot is, says how it should move next. */
interface Maneuver {

    /** A speed along the heading and a turning rate. */
    record Twist(double metersPerSecond, double degreesPerSecond) {}

    /** Takes in where the robot is now; called once a period, before everything else. */
    void observe(Pose pose);

    /** Whether it is time to stop. */
    boolean done();

    /** Whether a robot that stands where it is now has got where it was sent. */
    boolean arrived();

    /** How much is done, from 0 to 1. */
    double fraction();

    /** Whether it moves towards what the range sensor sees. */
    boolean forward();

    /**
     * What to ask the drive for, with so many metres to brake in and a period of so many seconds.
     */
    Twist next(double room, double seconds);

    /** How long it should take when nothing goes wrong. */
    Duration expected();
}
