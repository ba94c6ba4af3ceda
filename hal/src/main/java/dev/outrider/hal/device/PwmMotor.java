package dev.outrider.hal.device;

import com.pi4j.io.gpio.digital.DigitalOutput;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.PartSheet;

/** A brushed motor on a driver chip that takes its power as the width of pulses. */
public final class PwmMotor implements Motor {

    /** What a motor does without power. */
    public enum Rest {
        /** Its ends are joined, which holds it back. */
        BRAKE("no power, braked"),
        /** It runs out. */
        COAST("no power, running out");

        private final String safeState;

        Rest(String safeState) {
            this.safeState = safeState;
        }

        /** The safe state in words. */
        public String safeState() {
            return safeState;
        }
    }

    /** How one kind of driver chip is told. */
    private interface Wiring {
        void drive(double share);

        void rest(Rest rest);
    }

    private final String name;
    private final Wiring wiring;
    private final Rest rest;

    private PwmMotor(String name, Wiring wiring, Rest rest) {
        this.name = name;
        this.wiring = wiring;
        this.rest = rest;
        rest();
    }

    /**
     * A motor on a bridge with two direction lines and a PWM input, as TB6612FNG, DRV8833 and L298N
     * boards have. Both lines high with no pulse brakes it on the first two and lets it run out on
     * the third.
     */
    public static PwmMotor bridge(
            String name, Pulses pulses, DigitalOutput forward, DigitalOutput backward, Rest rest) {
        var wiring =
                new Wiring() {
                    @Override
                    public void drive(double share) {
                        forward.setState(share > 0);
                        backward.setState(share < 0);
                        pulses.share(Math.abs(share));
                    }

                    @Override
                    public void rest(Rest how) {
                        pulses.width(0);
                        forward.setState(how == Rest.BRAKE);
                        backward.setState(how == Rest.BRAKE);
                    }
                };
        return new PwmMotor(name, wiring, rest);
    }

    /**
     * A motor on a driver with one direction line, high for forward, and a PWM input, as Cytron's
     * MD10C and most drivers of one motor have. What it does without pulses is up to the driver:
     * most of them brake.
     */
    public static PwmMotor directed(
            String name, Pulses pulses, DigitalOutput direction, Rest rest) {
        var wiring =
                new Wiring() {
                    @Override
                    public void drive(double share) {
                        if (share != 0 && direction.isHigh() != share > 0) {
                            pulses.width(0);
                            direction.setState(share > 0);
                        }
                        pulses.share(Math.abs(share));
                    }

                    @Override
                    public void rest(Rest how) {
                        pulses.width(0);
                    }
                };
        return new PwmMotor(name, wiring, rest);
    }

    /**
     * A motor on a bridge that takes one train of pulses for each way, as DRV8871 and BTS7960
     * boards do. Both full brakes it, neither lets it run out.
     */
    public static PwmMotor pair(String name, Pulses forward, Pulses backward, Rest rest) {
        var wiring =
                new Wiring() {
                    @Override
                    public void drive(double share) {
                        (share > 0 ? backward : forward).width(0);
                        (share > 0 ? forward : backward).share(Math.abs(share));
                    }

                    @Override
                    public void rest(Rest how) {
                        double share = how == Rest.BRAKE ? 1 : 0;
                        forward.share(share);
                        backward.share(share);
                    }
                };
        return new PwmMotor(name, wiring, rest);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PartSheet sheet() {
        return PartSheet.actuator(
                "motor", rest.safeState, PartSheet.commanded("power", "share", -1, 1));
    }

    @Override
    public synchronized void power(double share) {
        if (!(Math.abs(share) <= 1)) {
            throw new IllegalArgumentException("a motor's power lies within -1..1, not " + share);
        }
        DeviceCalls.run(name, "power " + share, () -> wiring.drive(share));
    }

    @Override
    public synchronized void rest() {
        DeviceCalls.run(name, "rest", () -> wiring.rest(rest));
    }
}
