package dev.outrider.model;

import java.util.List;

/**
 * What a capability's verb takes: a bounded number with a unit, one of some words, or free text.
 */
public sealed interface Parameter {

    /** A number within {@code min..max}, both included, in that unit. */
    record Range(Unit unit, double min, double max) implements Parameter {
        public Range {
            if (!(min <= max)) {
                throw new IllegalArgumentException("a range's min is at most its max");
            }
        }
    }

    /** One of the choices, which are distinct and at least one. */
    record Choice(List<String> choices) implements Parameter {
        public Choice {
            choices = List.copyOf(choices);
            if (choices.isEmpty()) {
                throw new IllegalArgumentException("a choice has at least one value");
            }
        }
    }

    /** Free text of at least one character. */
    record FreeText(int maxLength) implements Parameter {
        public FreeText {
            if (maxLength < 1) {
                throw new IllegalArgumentException("free text has room for a character");
            }
        }
    }
}
