package dev.outrider.hal.motion;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.Point;
import dev.outrider.hal.part.Pose;
import dev.outrider.hal.part.RangeSensor;
import dev.outrider.hal.safety.EmergencyStop;
import java.time.Duration;

/**
 * Moves the robot by distances and angles. Each call runs on the calling thread until the robot
 * stands still again, and one call at a time: the pilot is the one owner of the drive.
 */
public final class Pilot {

    private final DriveBase drive;
    private final ControlLoop loop;

    /**
     * @param front looks ahead, along the heading
     * @param clearance metres to keep between the hull and what is ahead
     */
    public Pilot(
            DriveBase drive,
            RangeSensor front,
            double clearance,
            EmergencyStop stop,
            Timebase time) {
        this.drive = drive;
        this.loop = new ControlLoop(drive, front, clearance, stop, time);
    }

    /** Drives straight ahead, or back when the distance is negative. */
    public MotionResult drive(double meters, MotionWatch watch) {
        requireFinite(meters, "distance");
        return loop.run(new LineManeuver(drive.pose(), meters, drive.limits()), watch);
    }

    /** Turns in place, left when positive. */
    public MotionResult turn(double degrees, MotionWatch watch) {
        requireFinite(degrees, "angle");
        return loop.run(new TurnManeuver(drive.pose(), degrees, drive.limits()), watch);
    }

    /** Turns in place to a heading, the shorter way. */
    public MotionResult face(double heading, MotionWatch watch) {
        requireFinite(heading, "heading");
        return turn(Pose.turn(drive.pose().heading(), heading), watch);
    }

    /** Drives ahead along the straight line to the point; should be facing it. */
    public MotionResult driveTo(Point goal, MotionWatch watch) {
        return loop.run(LineManeuver.to(goal, drive.pose(), drive.limits()), watch);
    }

    /** Stands still for a while; ends early like any motion. */
    public MotionResult hold(Duration duration, MotionWatch watch) {
        return loop.hold(duration, watch);
    }

    /** Where the robot is, by odometry. */
    public Pose pose() {
        return drive.pose();
    }

    private static void requireFinite(double value, String what) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + " must be a finite number, not " + value);
        }
    }
}
