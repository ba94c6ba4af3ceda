package dev.outrider.hal.sim;

import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.DriveLimits;
import dev.outrider.hal.part.Pose;

/** The simulated robot's wheels. Its odometry is exact. */
record SimulatedDrive(String name, SimulatedRobot robot) implements DriveBase {

    @Override
    public void velocity(double metersPerSecond, double degreesPerSecond) {
        if (!Double.isFinite(metersPerSecond) || !Double.isFinite(degreesPerSecond)) {
            throw new IllegalArgumentException(
                    "a velocity must be finite, not %s m/s, %s °/s"
                            .formatted(metersPerSecond, degreesPerSecond));
        }
        robot.velocity(metersPerSecond, degreesPerSecond);
    }

    @Override
    public Pose pose() {
        return robot.pose();
    }

    @Override
    public DriveLimits limits() {
        return robot.chassis().limits();
    }

    @Override
    public void rest() {
        robot.brake();
    }
}
