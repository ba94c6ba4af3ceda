package dev.outrider.cli;

import dev.outrider.hal.bench.HalBench;
import dev.outrider.hal.board.Inventory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the hardware layer on one GPIO chip. */
@Command(
        name = "hal",
        mixinStandardHelpOptions = true,
        description = {
            "How soon an edge is heard, how fast a line is set, what is lost, how soon PWM",
            "is off after kill -9: beside libgpiod's gpiomon and gpioset, and beside C.",
            "On a real board, wire the two lines together; a simulated chip needs none.",
            "",
            "Lost is what the kernel numbered and nobody heard. What was made and not",
            "numbered, the kernel had merged before it gave out numbers."
        })
final class HalBenchCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--chip",
            paramLabel = "LABEL",
            description = "The GPIO chip (default: the only one).")
    private @Nullable String chip;

    @Option(
            names = "--in",
            paramLabel = "LINE",
            required = true,
            description = "The line that is listened to.")
    private int input;

    @Option(
            names = "--out",
            paramLabel = "LINE",
            required = true,
            description = "The line that is driven.")
    private int output;

    @Option(
            names = "--pwm",
            paramLabel = "DEVICE",
            description = "Measure the guardian on channel 0 of this PWM device.")
    private @Nullable String pwm;

    @Option(
            names = "--edges",
            paramLabel = "N",
            defaultValue = "700",
            description = "Edges for each reader in each of three rounds (default: 700).")
    private int edges;

    @Option(
            names = "--pause",
            paramLabel = "MS",
            defaultValue = "8",
            description = "Milliseconds between two edges (default: 8).")
    private int pause;

    @Option(
            names = "--soak",
            paramLabel = "DURATION",
            defaultValue = "PT10S",
            description = "100 events a second for so long, such as PT1H (default: PT10S).")
    private Duration soak = Duration.ZERO;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        HalBench.Plan plan = plan(chip == null ? onlyChip() : chip);
        List<HalBench.Figure> figures = run(plan);
        spec.commandLine().getOut().println(json ? json(figures) : text(figures));
        return 0;
    }

    private HalBench.Plan plan(String label) {
        try {
            return new HalBench.Plan(
                    label,
                    input,
                    output,
                    edges,
                    Duration.ofMillis(pause),
                    Duration.ofSeconds(3),
                    soak,
                    pwm);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private static List<HalBench.Figure> run(HalBench.Plan plan) {
        try {
            return HalBench.run(plan, step -> System.err.println("outrider: " + step));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private static String onlyChip() {
        Inventory machine = Inventory.read();
        List<String> labels = machine.chips().stream().map(Inventory.Chip::label).toList();
        if (labels.size() == 1) {
            return labels.getFirst();
        }
        throw new CommandFailure(
                labels.isEmpty()
                        ? "this machine has no GPIO chip that this user may open"
                                + (machine.unreadable().isEmpty()
                                        ? "; hal/src/test/rig boots a machine that has one"
                                        : ": " + machine.unreadable().getFirst())
                        : "choose a GPIO chip with --chip: " + String.join(", ", labels));
    }

    private static BenchReport json(List<HalBench.Figure> figures) {
        BenchReport report = new BenchReport("hal");
        for (HalBench.Figure figure : figures) {
            Double peer = figure.peer();
            report.add(
                    figure.name(),
                    rounded(figure.value()),
                    figure.unit(),
                    peer == null ? null : rounded(peer),
                    peer == null ? null : rounded(figure.value() / peer));
        }
        return report;
    }

    private static String text(List<HalBench.Figure> figures) {
        var text = new StringBuilder();
        for (HalBench.Figure figure : figures) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-22s %12.1f %-6s",
                            figure.name(),
                            figure.value(),
                            figure.unit()));
            Double peer = figure.peer();
            if (peer != null) {
                text.append(
                        String.format(
                                Locale.ROOT,
                                "  peer %12.1f  ratio %.3f",
                                peer,
                                figure.value() / peer));
            }
            text.append('\n');
        }
        return text.toString().stripTrailing();
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
