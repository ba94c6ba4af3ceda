package dev.outrider.hal.device;

import dev.outrider.hal.pi4j.PulsePwm;

/** A train of pulses whose width can be set, as motor bridges and servos take it. */
public interface Pulses {

    long periodNanos();

    /**
     * Sets the time high in each period, and starts the train if there is none.
     *
     * @param nanos within 0 and the period
     */
    void width(long nanos);

    /** Ends the train, low. */
    void off();

    /** Sets the width as a share of the period, 0..1. */
    default void share(double share) {
        width(Math.round(share * periodNanos()));
    }

    /** Those of a PWM output. */
    static Pulses of(PulsePwm pwm) {
        return new Pulses() {
            @Override
            public long periodNanos() {
                return 1_000_000_000L / pwm.frequency();
            }

            @Override
            public void width(long nanos) {
                pwm.pulseNanos(nanos);
                if (pwm.isOff()) {
                    pwm.on();
                }
            }

            @Override
            public void off() {
                pwm.pulseNanos(0);
                pwm.off();
            }
        };
    }
}
