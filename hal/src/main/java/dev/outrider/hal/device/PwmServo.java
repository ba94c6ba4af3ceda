package dev.outrider.hal.device;

import dev.outrider.hal.part.PartSheet;
import dev.outrider.hal.part.Servo;
import java.time.Duration;
import java.util.OptionalDouble;

/** A hobby servo, which takes its angle from the length of a pulse, about 50 times a second. */
public final class PwmServo implements Servo {

    /**
     * How a servo's pulses and angles go together; straight in between.
     *
     * @param leastDegrees smallest angle it may go to
     * @param mostDegrees largest angle
     * @param atLeast pulse for the smallest angle
     * @param atMost pulse for the largest, which may be the shorter one
     */
    public record Travel(
            double leastDegrees, double mostDegrees, Duration atLeast, Duration atMost) {

        public Travel {
            if (!(leastDegrees < mostDegrees) || atLeast.equals(atMost)) {
                throw new IllegalArgumentException("a servo needs two angles and two pulses");
            }
        }

        long nanos(double degrees) {
            double share = (degrees - leastDegrees) / (mostDegrees - leastDegrees);
            return Math.round(atLeast.toNanos() + share * (atMost.toNanos() - atLeast.toNanos()));
        }
    }

    private final String name;
    private final Pulses pulses;
    private final Travel travel;
    private final boolean holds;
    private OptionalDouble degrees = OptionalDouble.empty();

    /**
     * Takes over a train of pulses. It gets none, and so does not move, until it is told to.
     *
     * @param holds whether it goes on holding at rest, instead of going limp
     */
    public PwmServo(String name, Pulses pulses, Travel travel, boolean holds) {
        this.name = name;
        this.pulses = pulses;
        this.travel = travel;
        this.holds = holds;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PartSheet sheet() {
        return PartSheet.actuator(
                "servo",
                holds ? "holds where it is" : "limp, without pulses",
                PartSheet.commanded("angle", "°", travel.leastDegrees, travel.mostDegrees));
    }

    @Override
    public synchronized void turnTo(double wanted) {
        if (!sheet().quantity("angle").holds(wanted)) {
            throw new IllegalArgumentException(
                    "%s turns within %s..%s°, not to %s"
                            .formatted(name, travel.leastDegrees, travel.mostDegrees, wanted));
        }
        DeviceCalls.run(
                name, "turn to %s°".formatted(wanted), () -> pulses.width(travel.nanos(wanted)));
        degrees = OptionalDouble.of(wanted);
    }

    @Override
    public synchronized OptionalDouble degrees() {
        return degrees;
    }

    @Override
    public synchronized void rest() {
        if (!holds) {
            DeviceCalls.run(name, "rest", pulses::off);
            degrees = OptionalDouble.empty();
        }
    }
}
