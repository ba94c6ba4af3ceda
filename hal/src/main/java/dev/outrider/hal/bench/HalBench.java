package dev.outrider.hal.bench;

import com.sun.management.ThreadMXBean;
import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.GpioOutput;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures one GPIO chip: how soon an edge is heard, how fast a line is set, what is lost. */
public final class HalBench {

    private static final String ME = "outrider-bench";
    private static final int ROUNDS = 3;
    private static final int TOGGLES_A_LOOK = 64;

    /**
     * What to measure.
     *
     * @param chip label of the GPIO chip
     * @param input line that is listened to; on real hardware, wired to the output
     * @param output line that is driven
     * @param edges per reader and round
     * @param pause between two of them
     * @param toggling how long each writer sets the line
     * @param soak how long events come at a hundred a second at the end; zero for not at all
     * @param pwm device whose PWM channel 0 the guardian has to switch off; none where there is
     *     none
     */
    public record Plan(
            String chip,
            int input,
            int output,
            int edges,
            Duration pause,
            Duration toggling,
            Duration soak,
            @Nullable String pwm) {
        public Plan {
            if (input == output) {
                throw new IllegalArgumentException("input and output are two lines, not " + input);
            }
            if (edges < 1) {
                throw new IllegalArgumentException("one edge at least, not " + edges);
            }
            if (pause.isNegative() || soak.isNegative() || !toggling.isPositive()) {
                throw new IllegalArgumentException("times are not negative");
            }
        }
    }

    /**
     * One measured figure.
     *
     * @param peer what the peer reached in the same run; null where there is none
     */
    public record Figure(String name, double value, String unit, @Nullable Double peer) {}

    private final Plan plan;
    private final Consumer<String> told;
    private final List<Figure> figures = new ArrayList<>();

    private HalBench(Plan plan, Consumer<String> told) {
        this.plan = plan;
        this.told = told;
    }

    /**
     * Measures; takes the two lines for itself meanwhile.
     *
     * @param told what is being measured, and what could not be
     * @throws RuntimeException naming the line or chip that cannot be had
     */
    public static List<Figure> run(Plan plan, Consumer<String> told) {
        var bench = new HalBench(plan, told);
        try (GpioChip chip = GpioChip.labelled(plan.chip());
                Stimulus stimulus = Stimulus.on(chip, plan.input(), plan.output());
                Peers peers = Peers.find(told)) {
            bench.edges(chip, stimulus, peers);
            bench.burst(chip, stimulus);
            bench.toggles(chip, stimulus, peers);
            bench.guardian();
            bench.soak(chip, stimulus);
        }
        return List.copyOf(bench.figures);
    }

    private void figure(String name, double value, String unit, @Nullable Double peer) {
        figures.add(new Figure(name, value, unit, peer));
    }

    private void count(String name, long value) {
        figure(name, (double) value, "edges", null);
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    /** The readers take turns, so that what else the machine does meets all of them. */
    private void edges(GpioChip chip, Stimulus stimulus, Peers peers) {
        var java = new Latencies();
        var tool = new Latencies();
        var c = new Latencies();
        var account = new EdgeRun.Account(0, 0, 0, 0);
        for (int round = 1; round <= ROUNDS; round++) {
            told.accept("edges, round %d of %d".formatted(round, ROUNDS));
            EdgeRun run = EdgeRun.through(chip, plan.input(), stimulus, plan.edges(), plan.pause());
            account = account.plus(run.account());
            java.add(run.latencies(), plan.edges() / 4);
            Runnable edges = () -> stimulus.edges(plan.edges(), plan.pause());
            tool.add(peers.gpiomon(chip, plan.input(), plan.edges(), edges), plan.edges() / 4);
            c.add(peers.c(chip, plan.input(), plan.edges(), edges), plan.edges() / 4);
        }
        figure("edge_p50", java.micros(0.5), "us", orNull(tool.tryMicros(0.5)));
        figure("edge_p99", java.micros(0.99), "us", orNull(tool.tryMicros(0.99)));
        figure("edge_p50_c", java.micros(0.5), "us", orNull(c.tryMicros(0.5)));
        figure("edge_p99_c", java.micros(0.99), "us", orNull(c.tryMicros(0.99)));
        account("edges", account);
    }

    /** As fast as it goes: what the kernel merges, and that nothing it numbered is missing. */
    private void burst(GpioChip chip, Stimulus stimulus) {
        told.accept("edges in a burst");
        EdgeRun run = EdgeRun.through(chip, plan.input(), stimulus, plan.edges(), Duration.ZERO);
        account("burst", run.account());
    }

    /**
     * Where edges go: made, seen by the interrupt, numbered by the kernel, heard here. Only what
     * was numbered and not heard is lost by us.
     */
    private void account(String name, EdgeRun.Account account) {
        count(name + "_made", account.made());
        if (account.interrupts() >= 0) {
            count(name + "_interrupts", account.interrupts());
        }
        count(name + "_numbered", account.numbered());
        count(name + "_lost", account.numbered() - account.heard());
    }

    private void toggles(GpioChip chip, Stimulus stimulus, Peers peers) {
        stimulus.giveBack();
        told.accept("toggles");
        OptionalDouble c = peers.toggles(chip, plan.output(), plan.toggling());
        double java;
        double bytes;
        try (GpioOutput output = chip.output(plan.output(), ME, false)) {
            rate(output, plan.toggling());
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            long[] toggles = new long[1];
            java = rate(output, plan.toggling(), toggles);
            long after = threads.getCurrentThreadAllocatedBytes();
            bytes = (double) (after - before) / Math.max(1, toggles[0]);
        }
        OptionalDouble second = peers.toggles(chip, plan.output(), plan.toggling());
        OptionalDouble both =
                c.isPresent() && second.isPresent()
                        ? OptionalDouble.of((c.getAsDouble() + second.getAsDouble()) / 2)
                        : c;
        figure("toggles", java, "1/s", orNull(both));
        figure("toggle_allocates", Math.floor(bytes), "bytes", null);
        OptionalDouble tool = peers.gpioset(chip, plan.output());
        if (tool.isPresent()) {
            figure("toggles_gpioset", java, "1/s", tool.getAsDouble());
        }
        stimulus.takeAgain();
    }

    private static double rate(GpioOutput output, Duration duration) {
        return rate(output, duration, new long[1]);
    }

    private static double rate(GpioOutput output, Duration duration, long[] toggles) {
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        long now = begin;
        long count = 0;
        while (now < end) {
            for (int index = 0; index < TOGGLES_A_LOOK; index++) {
                output.set((count++ & 1) != 0);
            }
            now = System.nanoTime();
        }
        toggles[0] = count;
        return count * 1e9 / (now - begin);
    }

    private void guardian() {
        String pwm = plan.pwm();
        if (pwm == null) {
            told.accept("no PWM device named: the guardian is not measured");
            return;
        }
        told.accept("guardian");
        figure("guardian", GuardianRun.worstMillis(pwm, ROUNDS), "ms", null);
    }

    private void soak(GpioChip chip, Stimulus stimulus) {
        if (plan.soak().isZero()) {
            return;
        }
        told.accept("soak for " + plan.soak());
        SoakRun soak = SoakRun.through(chip, plan.input(), stimulus, plan.soak(), told);
        account("soak", soak.account());
        figure("soak_heap_growth", soak.heapGrowth() / 1024.0, "KiB", null);
        figure("soak_resident_growth", soak.residentGrowth() / 1024.0, "KiB", null);
    }
}
