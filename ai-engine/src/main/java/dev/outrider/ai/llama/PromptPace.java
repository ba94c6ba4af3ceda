package dev.outrider.ai.llama;

import dev.outrider.ai.gguf.TensorDescriptor;

/**
 * How many tokens of a prompt are decoded at once. libllama looks up from a decode only between two
 * operations of the network, and its longest operation, one of the largest matrices or, far into a
 * context, a layer's attention, takes the longer the more tokens there are. So there are as many as
 * let it end soon, by the time that multiplications took in the pieces before; powers of two, which
 * the library's kernels compute to the same bits. For one thread.
 */
final class PromptPace {
    /** Without a measurement. */
    static final int FIRST = 64;

    /** Fewer would cost more than a tenth of the speed, and are no measure. */
    static final int LEAST = 32;

    /** Matrices of the types that take longest need about half as much again. */
    private static final double LONGEST_NANOS = 25e6;

    private final Work work;
    private final int most;
    private double nanosPerMultiplication;

    /**
     * Multiplications of one token.
     *
     * @param matrices of all layers
     * @param largest of these
     * @param lookingBack at one earlier token, in one layer
     * @param layers of the network
     */
    record Work(double matrices, double largest, double lookingBack, long layers) {
        static Work of(ModelHeader header) {
            var matrices =
                    header.file().tensors().stream()
                            .filter(tensor -> tensor.name().startsWith("blk."))
                            .mapToDouble(tensor -> multiplications(tensor, header))
                            .summaryStatistics();
            return new Work(
                    Math.max(1, matrices.getSum()),
                    Math.max(1, matrices.getMax()),
                    2.0 * header.queryWidth(),
                    header.layers());
        }

        private static double multiplications(TensorDescriptor tensor, ModelHeader header) {
            var sides = tensor.dimensions();
            double used = sides.size() > 2 ? (double) header.expertsUsed() / sides.get(2) : 1;
            return sides.size() < 2 ? 0 : used * tensor.elements();
        }

        private double all(int position) {
            return matrices + layers * lookingBack * position;
        }

        private double longest(int position) {
            return Math.max(largest, lookingBack * position);
        }
    }

    PromptPace(Work work, int most) {
        this.work = work;
        this.most = most;
    }

    /** So many tokens, the last of them at this position, took so long. */
    void took(int tokens, int position, long nanos) {
        if (tokens >= LEAST) {
            nanosPerMultiplication = nanos / (tokens * work.all(position));
        }
    }

    /** How many may be decoded at once behind this position. */
    int tokens(int position) {
        if (nanosPerMultiplication == 0) {
            return Math.min(FIRST, most);
        }
        double fitting = LONGEST_NANOS / (nanosPerMultiplication * work.longest(position));
        int rounded = Integer.highestOneBit((int) Math.clamp(fitting, LEAST, 1 << 20));
        return Math.min(rounded, most);
    }
}
