package dev.outrider.model;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What the robot must measure, or have found out before, for an action to be carried out; it is
 * skipped otherwise.
 */
public sealed interface Condition {

    /** Characters of what may be looked for. */
    int MOST_CHARACTERS = 120;

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

    /**
     * An action before it in the plan saw, read or heard this: one or more whole words of it, in
     * any letter case.
     */
    record Found(String words) implements Condition {
        public Found {
            checkWords(words);
        }
    }

    /** Actions before it in the plan looked, read or listened, and none found this. */
    record NotFound(String words) implements Condition {
        public NotFound {
            checkWords(words);
        }
    }

    /** Whether it is on what the plan finds out. */
    default boolean onFinding() {
        return this instanceof Found || this instanceof NotFound;
    }

    /**
     * Whether it holds in that state, after these actions of the plan; a charge nobody knows meets
     * neither bound, and where nothing was looked for, nothing is found nor missing.
     */
    default boolean holds(BodyState state, List<ActionResult> results) {
        double percent = state.battery().charge().orElse(Double.NaN) * 100;
        return switch (this) {
            case Always() -> true;
            case BatteryBelow(double bound) -> percent < bound;
            case BatteryAbove(double bound) -> percent > bound;
            case Found(String words) -> found(results).stream().anyMatch(o -> has(o, words));
            case NotFound(String words) ->
                    !found(results).isEmpty()
                            && found(results).stream().noneMatch(o -> has(o, words));
        };
    }

    private static List<Observation> found(List<ActionResult> results) {
        return results.stream().map(ActionResult::found).filter(Objects::nonNull).toList();
    }

    private static boolean has(Observation observation, String words) {
        int flags =
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;
        String whole = "(?<![\\w])" + Pattern.quote(words.strip()) + "(?![\\w])";
        return Pattern.compile(whole, flags).matcher(observation.text()).find();
    }

    private static void checkWords(String words) {
        if (words.isBlank() || words.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a condition on what is found has 1 to " + MOST_CHARACTERS + " characters");
        }
    }

    private static void checkPercent(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException(
                    "a battery condition is within 0..100 percent, not " + percent);
        }
    }
}
