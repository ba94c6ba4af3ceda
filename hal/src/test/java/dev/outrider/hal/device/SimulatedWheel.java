package dev.outrider.hal.device;

import dev.outrider.hal.part.Encoder;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.PartSheet;

/**
 * A motor with an encoder made of arithmetic: speed follows power with a time constant, braking
 * stops it at once, and the encoder counts whole ticks.
 */
final class SimulatedWheel implements Motor, Encoder {

    static final double TICKS_PER_METER = 7000;
    static final double HIGHEST = 0.9;

    private static final double TIME_CONSTANT_SECONDS = 0.08;

    private final double strength;
    private double power;
    private double speed;
    private double meters;

    /**
     * @param strength how this motor compares with what its maker says, 1 for the same
     */
    SimulatedWheel(double strength) {
        this.strength = strength;
    }

    WheelDrive.Wheel wheel() {
        return new WheelDrive.Wheel(this, this, TICKS_PER_METER, HIGHEST);
    }

    void elapse(double seconds) {
        double share = -Math.expm1(-seconds / TIME_CONSTANT_SECONDS);
        speed += share * (power * HIGHEST * strength - speed);
        meters += speed * seconds;
    }

    double drawn() {
        return power;
    }

    @Override
    public String name() {
        return "wheel";
    }

    @Override
    public PartSheet sheet() {
        return Motor.super.sheet();
    }

    @Override
    public void power(double share) {
        if (!(Math.abs(share) <= 1)) {
            throw new IllegalArgumentException("a motor's power lies within -1..1, not " + share);
        }
        power = share;
    }

    @Override
    public long ticks() {
        return (long) Math.floor(meters * TICKS_PER_METER);
    }

    @Override
    public void rest() {
        power = 0;
        speed = 0;
    }
}
