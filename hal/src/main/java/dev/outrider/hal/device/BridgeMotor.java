package dev.outrider.hal.device;

import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.pi4j.PulsePwm;

/**
 * A brushed motor on an H bridge with two direction lines and a PWM input, as TB6612FNG, DRV8833
 * and L298N boards have. Both lines high with no pulse brakes it on the first two and lets it run
 * out on the third.
 */
public final class BridgeMotor implements Motor {

    private static final long SECOND = 1_000_000_000L;

    private final String name;
    private final PulsePwm pwm;
    private final DigitalOutput forward;
    private final DigitalOutput backward;

    /** Takes over outputs that are made, and puts the motor to rest. */
    public BridgeMotor(String name, PulsePwm pwm, DigitalOutput forward, DigitalOutput backward) {
        this.name = name;
        this.pwm = pwm;
        this.forward = forward;
        this.backward = backward;
        rest();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void power(double share) {
        if (!(Math.abs(share) <= 1)) {
            throw new IllegalArgumentException("a motor's power lies within -1..1, not " + share);
        }
        command(
                "power " + share,
                () -> {
                    forward.setState(share > 0);
                    backward.setState(share < 0);
                    pwm.pulseNanos(Math.round(Math.abs(share) * SECOND / pwm.frequency()));
                    if (pwm.isOff()) {
                        pwm.on();
                    }
                });
    }

    @Override
    public synchronized void rest() {
        command(
                "rest",
                () -> {
                    pwm.pulseNanos(0);
                    forward.high();
                    backward.high();
                });
    }

    private void command(String attempted, Runnable command) {
        try {
            command.run();
        } catch (Pi4JException e) {
            throw new PartException(name, attempted, e);
        }
    }
}
