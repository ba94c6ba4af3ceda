package dev.outrider.model;

/** What the robot must measure for an action to be carried out; it is skipped otherwise. */
public sealed interface Condition {

    /** Carried out in any case. */
    record Always() implements Condition {}

    /** The battery's charge is below that percentage, 0 to 100. */
    record BatteryBelow(double percent) implements Condition {
        public BatteryBelow {
            checkPercent(percent);
        }
    }

    /** The battery's charge is above that percentage, 0 to 100. */
    record BatteryAbove(double percent) implements Condition {
        public BatteryAbove {
            checkPercent(percent);
        }
    }

    /** Whether it holds in that state; a charge nobody knows meets neither bound. */
    default boolean holds(BodyState state) {
        double percent = state.battery().charge().orElse(Double.NaN) * 100;
        return switch (this) {
            case Always() -> true;
            case BatteryBelow(double bound) -> percent < bound;
            case BatteryAbove(double bound) -> percent > bound;
        };
    }

    private static void checkPercent(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException(
                    "a battery condition is within 0..100 percent, not " + percent);
        }
    }
}
