package dev.outrider.ai.fit;

import org.jspecify.annotations.Nullable;

/**
 * How fast a model is expected to be on a machine.
 *
 * @param prompt tokens of a prompt read per second
 * @param generation tokens generated per second; null if it only gives embeddings
 * @param basis what it was computed from, for people
 */
public record Forecast(Range prompt, @Nullable Generation generation, String basis) {

    /**
     * How fast it answers.
     *
     * @param context tokens of a full context
     * @param empty while the context is nearly empty
     * @param full when the context is full
     */
    public record Generation(int context, Range empty, Range full) {

        /** Tokens per second that are likely behind so many tokens: each adds the same time. */
        public double behind(double tokens) {
            double filled = tokens / context;
            return 1 / ((1 - filled) / empty.likely + filled / full.likely);
        }
    }

    /** What is expected, and how far it may be off either way; all above zero. */
    public record Range(double low, double likely, double high) {
        public Range {
            if (!(low > 0 && low <= likely && likely <= high)) {
                throw new IllegalArgumentException(
                        "not a range: %s to %s to %s".formatted(low, likely, high));
            }
        }

        static Range around(double likely, double share) {
            return new Range(likely / (1 + share), likely, likely * (1 + share));
        }
    }
}
