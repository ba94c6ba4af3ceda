package dev.outrider.hal.pi4j;

import com.pi4j.io.pwm.Pwm;

/** A PWM output whose pulse can be set finer than Pi4J's whole percents. */
public interface PulsePwm extends Pwm {

    /**
     * Sets the time high in each period, at once if the output is on.
     *
     * @param nanos within 0 and the period
     */
    void pulseNanos(long nanos);

    /** The time high in each period, by the kernel. */
    long pulseNanos();
}
