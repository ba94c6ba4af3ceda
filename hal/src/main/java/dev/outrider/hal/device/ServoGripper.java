package dev.outrider.hal.device;

import com.pi4j.exception.Pi4JException;
import dev.outrider.hal.part.Gripper;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.pi4j.PulsePwm;
import java.time.Duration;

/** A gripper moved by a hobby servo, which takes its angle from the length of a pulse. */
public final class ServoGripper implements Gripper {

    private final String name;
    private final PulsePwm pwm;
    private final Duration grip;
    private final Duration release;
    private volatile boolean closed;

    /**
     * Takes over a PWM output of about 50 Hz. It gets no pulses, and so does not move, until it is
     * told to grip or release.
     *
     * @param grip pulse for closed fingers
     * @param release pulse for open ones
     */
    public ServoGripper(String name, PulsePwm pwm, Duration grip, Duration release) {
        this.name = name;
        this.pwm = pwm;
        this.grip = grip;
        this.release = release;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void grip() {
        pulse("grip", grip);
        closed = true;
    }

    @Override
    public void release() {
        pulse("release", release);
        closed = false;
    }

    private void pulse(String attempted, Duration length) {
        try {
            pwm.pulseNanos(length.toNanos());
            if (pwm.isOff()) {
                pwm.on();
            }
        } catch (Pi4JException e) {
            throw new PartException(name, attempted, e);
        }
    }

    @Override
    public boolean closed() {
        return closed;
    }

    /** The servo goes on holding where it is. */
    @Override
    public void rest() {}
}
