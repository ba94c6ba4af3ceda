package dev.outrider.kernel;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Answers counted by outcome. Safe on any thread. */
public final class Tally {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void count(String outcome) {
        counts.computeIfAbsent(outcome, o -> new LongAdder()).increment();
    }

    /** How many answers had that outcome, by its wire name. */
    public long of(String outcome) {
        LongAdder count = counts.get(outcome);
        return count == null ? 0 : count.sum();
    }

    /** Every outcome counted so far. */
    public Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((outcome, count) -> all.put(outcome, count.sum()));
        return all;
    }
}
