package dev.outrider.hal.device;

/** One wheel's speed held: measures it from the encoder, smoothed over a few periods. */
final class WheelControl {

    private static final double SMOOTHING_SECONDS = 0.03;

    private final Wheel wheel;
    private final SpeedControl control;
    private double meters;
    private double speed;

    WheelControl(Wheel wheel) {
        this.wheel = wheel;
        this.control = new SpeedControl(SpeedControl.Gains.of(wheel.highestMetersPerSecond()));
        this.meters = wheel.meters();
    }

    /** Metres rolled since the last call. */
    double rolled() {
        double now = wheel.meters();
        double rolled = now - meters;
        meters = now;
        return rolled;
    }

    void hold(double wanted, double rolled, double seconds) {
        double share = seconds / (SMOOTHING_SECONDS + seconds);
        speed += share * (rolled / seconds - speed);
        wheel.motor().power(control.next(wanted, speed, seconds));
    }

    void rest() {
        control.reset();
        speed = 0;
        wheel.motor().rest();
    }
}
