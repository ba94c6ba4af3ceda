package dev.outrider.hal.part;

/**
 * A differential drive: two driven wheels side by side. Its safe state is standing still, braked.
 */
public interface DriveBase extends Part {

    /**
     * Asks for a speed along the heading and a turning rate, held until the next call or until the
     * lease on this base runs out. Values beyond {@link #limits()} are cut to them.
     *
     * @throws EmergencyStopEngagedException if the emergency stop is engaged
     * @throws IllegalArgumentException if a value is not finite
     */
    void velocity(double metersPerSecond, double degreesPerSecond);

    /** Where odometry says the robot is, in the frame it was started in. */
    Pose pose();

    DriveLimits limits();

    @Override
    default PartSheet sheet() {
        DriveLimits most = limits();
        double speed = most.metersPerSecond();
        double rate = most.degreesPerSecond();
        return PartSheet.actuator(
                "drive base",
                "stands still, braked",
                PartSheet.commanded("speed", "m/s", -speed, speed),
                PartSheet.commanded("rate", "°/s", -rate, rate),
                PartSheet.measured("x", "m", -Double.MAX_VALUE, Double.MAX_VALUE),
                PartSheet.measured("y", "m", -Double.MAX_VALUE, Double.MAX_VALUE),
                PartSheet.measured("heading", "°", -180, 180));
    }
}
