package dev.outrider.hal.bench;

import dev.outrider.hal.linux.EdgePump;
import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.GpioInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A hundred events a second for as long as wanted, and what memory did meanwhile, compared after
 * the first twentieth of the time.
 *
 * @param heapGrowth bytes, after collecting
 * @param residentGrowth bytes of the process
 */
record SoakRun(EdgeRun.Account account, long heapGrowth, long residentGrowth) {

    private static final long PERIOD_NANOS = Duration.ofMillis(10).toNanos();
    private static final Duration LOOK = Duration.ofMinutes(5);
    private static final int WARM_SHARE = 20;

    private record Memory(long heap, long resident) {
        static Memory now() {
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            return new Memory(heap, residentBytes());
        }

        private static long residentBytes() {
            try (var lines = Files.lines(Path.of("/proc/self/status"))) {
                return lines.filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.split("\\s+", -1)[1]) * 1024)
                        .findFirst()
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String text() {
            return "heap %d KiB, resident %d KiB".formatted(heap >> 10, resident >> 10);
        }
    }

    static SoakRun through(
            GpioChip chip, int line, Stimulus stimulus, Duration duration, Consumer<String> told) {
        try (EdgePump pump = new EdgePump();
                GpioInput input = EdgeRun.open(chip, line)) {
            var ear = new EdgeRun.Ear(0);
            pump.add(input, ear::edge);
            long events = duration.toNanos() / PERIOD_NANOS;
            long warm = Math.max(1, events / WARM_SHARE);
            long look = LOOK.toNanos() / PERIOD_NANOS;
            Memory first = Memory.now();
            long next = System.nanoTime();
            for (long count = 1; count <= events; count++) {
                stimulus.edge();
                if (count == warm) {
                    first = Memory.now();
                    told.accept("soak: " + first.text());
                } else if (count % look == 0) {
                    told.accept(
                            "soak: %d made, %d heard, %s"
                                    .formatted(count, ear.heard(), Memory.now().text()));
                }
                next += PERIOD_NANOS;
                LockSupport.parkNanos(next - System.nanoTime());
            }
            ear.settle();
            Memory end = Memory.now();
            told.accept("soak: " + end.text());
            EdgeRun.Account account = ear.account(events);
            pump.remove(input);
            return new SoakRun(
                    account, end.heap() - first.heap(), end.resident() - first.resident());
        }
    }
}
