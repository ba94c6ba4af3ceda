package dev.outrider.model;

/** An argument of an action as it was said; only the safety gate decides whether it fits. */
public sealed interface Value {

    /** A finite number, in the unit its parameter declares. */
    record Quantity(double number) implements Value {
        public Quantity {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("a quantity is a finite number");
            }
        }

        @Override
        public String toString() {
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString((long) number)
                    : Double.toString(number);
        }
    }

    /** Words: a place, a colour, something to say, or a number with a unit such as {@code 2 ft}. */
    record Text(String text) implements Value {
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Something no parameter takes, kept so that the refusal can name it.
     *
     * @param kind what it was, such as {@code array}
     */
    record Unsupported(String kind) implements Value {
        @Override
        public String toString() {
            return kind;
        }
    }
}
