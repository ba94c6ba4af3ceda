package dev.outrider.hal.bench;

import dev.outrider.hal.linux.EdgePump;
import dev.outrider.hal.linux.GpioBias;
import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.GpioEdges;
import dev.outrider.hal.linux.GpioInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of edges through the pump, with an account of every one of them.
 *
 * @param latencies from the kernel's stamp to the callback
 */
record EdgeRun(Latencies latencies, Account account) {

    private static final String ME = "outrider-bench-in";
    private static final Path INTERRUPTS = Path.of("/proc/interrupts");
    private static final long SETTLED_NANOS = Duration.ofMillis(200).toNanos();

    /**
     * Where the edges went. The kernel numbers an edge in the thread behind its interrupt: two
     * interrupts before that thread has run are one edge to it, and a simulated chip raises one
     * interrupt for two changes before its handler has run. Neither leaves a gap in the numbers.
     *
     * @param made changes of the line
     * @param interrupts raised for them; negative where the kernel does not say
     * @param numbered by the kernel
     * @param heard by the listener
     */
    record Account(long made, long interrupts, long numbered, long heard) {
        Account plus(Account other) {
            long both = interrupts < 0 || other.interrupts < 0 ? -1 : interrupts + other.interrupts;
            return new Account(
                    made + other.made, both, numbered + other.numbered, heard + other.heard);
        }
    }

    /** What the pump's thread writes; made once the line is taken. */
    static final class Ear {
        private final long before = interruptsSoFar();
        private final long[] latencies;
        private volatile long heard;
        private volatile long last;

        Ear(int kept) {
            latencies = new long[kept];
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
        void edge(boolean rising, long kernelNanos, int sequence, int lost) {
            if (heard < latencies.length) {
                latencies[(int) heard] = System.nanoTime() - kernelNanos;
            }
            last = Integer.toUnsignedLong(sequence);
            heard++;
        }

        long heard() {
            return heard;
        }

        /** Waits until nothing more comes. */
        void settle() {
            long before;
            do {
                before = heard;
                LockSupport.parkNanos(SETTLED_NANOS);
            } while (heard != before);
        }

        Account account(long made) {
            long after = interruptsSoFar();
            long interrupts = before < 0 || after < 0 ? -1 : after - before;
            return new Account(made, interrupts, last, heard);
        }

        Latencies latencies() {
            return new Latencies(Arrays.copyOf(latencies, (int) Math.min(heard, latencies.length)));
        }
    }

    static EdgeRun through(GpioChip chip, int line, Stimulus stimulus, int edges, Duration pause) {
        try (EdgePump pump = new EdgePump();
                GpioInput input = open(chip, line)) {
            var ear = new Ear(edges);
            pump.add(input, ear::edge);
            stimulus.edges(edges, pause);
            ear.settle();
            Account account = ear.account(edges);
            pump.remove(input);
            return new EdgeRun(ear.latencies(), account);
        }
    }

    static GpioInput open(GpioChip chip, int line) {
        return chip.input(line, ME, GpioBias.AS_IS, GpioEdges.BOTH, Duration.ZERO);
    }

    /** How often our input's interrupt came since the start, on all processors. */
    private static long interruptsSoFar() {
        try {
            return Files.readAllLines(INTERRUPTS).stream()
                    .map(row -> row.strip().split("\\s+", -1))
                    .filter(row -> row[row.length - 1].equals(ME))
                    .mapToLong(EdgeRun::total)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long total(String[] row) {
        return Arrays.stream(row)
                .skip(1)
                .takeWhile(word -> word.chars().allMatch(Character::isDigit))
                .mapToLong(Long::parseLong)
                .sum();
    }
}
