package dev.outrider.hal.bench;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Times from the kernel's stamp of an edge until it was heard. */
final class Latencies {

    private long[] nanos;

    Latencies(long... nanos) {
        this.nanos = nanos;
    }

    /** Adds a run's, without the first ones, in which code is still being loaded. */
    void add(Latencies run, int skipped) {
        int from = Math.min(skipped, run.nanos.length);
        int at = nanos.length;
        nanos = Arrays.copyOf(nanos, at + run.nanos.length - from);
        System.arraycopy(run.nanos, from, nanos, at, run.nanos.length - from);
    }

    OptionalDouble tryMicros(double share) {
        if (nanos.length == 0) {
            return OptionalDouble.empty();
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        int index = Math.min(sorted.length - 1, (int) (sorted.length * share));
        return OptionalDouble.of(sorted[index] / 1000.0);
    }

    double micros(double share) {
        return tryMicros(share)
                .orElseThrow(() -> new IllegalStateException("not one edge was heard"));
    }
}
