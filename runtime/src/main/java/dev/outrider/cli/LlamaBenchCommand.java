package dev.outrider.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.NamedModel;
import dev.outrider.ai.fit.FitException;
import dev.outrider.ai.fit.Forecast;
import dev.outrider.ai.fit.ForecastLog;
import dev.outrider.ai.fit.ForecastLog.Pair;
import dev.outrider.ai.fit.ForecastProbe;
import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.llama.CacheType;
import dev.outrider.ai.llama.LlamaBench;
import dev.outrider.ai.llama.LlamaBench.Figure;
import dev.outrider.ai.llama.LlamaBench.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code outrider bench llama}. */
@Command(
        name = "llama",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how a local model runs here, and beside it a C program on the same library",
            "where there is a C compiler. Takes minutes; anything else that runs disturbs it."
        },
        footer = {"", "Example: outrider bench llama --model smollm2 --json"})
final class LlamaBenchCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int FORECAST_CONTEXT = 2048;

    private final ModelCatalogue catalogue;
    private final ForecastLog log;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "FILE|NAME",
            description =
                    "A GGUF file, or a name of the catalogue (default: the first one that is"
                            + " here).")
    private @Nullable String model;

    @Option(
            names = "--draft",
            paramLabel = "FILE|NAME",
            description = "A small model of the same vocabulary to guess with (default: none).")
    private @Nullable String draft;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute, on both sides (default: all cores).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Turns each side takes (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--tool-calls",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Tool calls to ask for, with seeds 1 to N; for models whose template has tools"
                            + " (default: none).")
    private int toolCalls;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    LlamaBenchCommand() {
        this(ModelCatalogue.standard(), ForecastLog.standard(CacheFolder.standard()));
    }

    LlamaBenchCommand(ModelCatalogue catalogue, ForecastLog log) {
        this.catalogue = catalogue;
        this.log = log;
    }

    @Override
    public Integer call() throws IOException {
        NamedModel chosen = model == null ? NamedModel.anyChat(catalogue) : present(model);
        Optional<Forecast> forecast = forecast(chosen);
        List<Figure> figures = new ArrayList<>(LlamaBench.run(settings(chosen), this::note));
        forecast.ifPresent(said -> figures.add(recorded(chosen, said, figures)));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(chosen.name(), figures));
        } else {
            figures.forEach(figure -> out.println(text(figure)));
        }
        return CommandLine.ExitCode.OK;
    }

    /** What {@code outrider check} would say, so that its word can be held against the figures. */
    private Optional<Forecast> forecast(NamedModel chosen) {
        note("forecast");
        try {
            return Optional.of(
                    ForecastProbe.forecast(
                            GgufFile.read(chosen.file()),
                            FORECAST_CONTEXT,
                            CacheType.F16,
                            threads,
                            0));
        } catch (FitException e) {
            note("no forecast to compare with: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Notes the forecast beside what was measured; gives how far it was off, the worse of two. */
    private Figure recorded(NamedModel chosen, Forecast said, List<Figure> figures) {
        Map<String, Pair> pairs =
                Map.of(
                        ForecastLog.PROMPT,
                        new Pair(said.prompt().likely(), value("prompt", figures)),
                        ForecastLog.GENERATION,
                        new Pair(said.generation().likely(), value("generation", figures)));
        log.append(
                new ForecastLog.Run(
                        Instant.now(), chosen.name(), FORECAST_CONTEXT, threads, pairs));
        double worst = pairs.values().stream().mapToDouble(Pair::error).max().orElseThrow();
        return new Figure("forecast_error", worst, "of 1, prompt or generation", null, null);
    }

    private static double value(String name, List<Figure> figures) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .mapToDouble(Figure::value)
                .findFirst()
                .orElseThrow();
    }

    private NamedModel present(String named) {
        return NamedModel.present(named, catalogue);
    }

    private Settings settings(NamedModel chosen) {
        try {
            return new Settings(
                    chosen.file(),
                    threads,
                    rounds,
                    draft == null ? null : present(draft).file(),
                    toolCalls);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void note(String what) {
        spec.commandLine().getErr().println(what);
    }

    private String json(String name, List<Figure> figures) {
        ObjectNode report = JSON.createObjectNode().put("name", "llama");
        report.putObject("machine")
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("arch", System.getProperty("os.arch"))
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("java", System.getProperty("java.vm.version"))
                .put("threads", threads)
                .put("model", name);
        ObjectNode measured = report.putObject("figures");
        for (Figure figure : figures) {
            ObjectNode one = measured.putObject(figure.name());
            one.put("value", figure.value()).put("unit", figure.unit());
            if (figure.peer() != null) {
                one.put("peer", figure.peer());
            }
            if (figure.ratio() != null) {
                one.put("ratio", figure.ratio());
            }
        }
        return report.toString();
    }

    private static String text(Figure figure) {
        String line =
                String.format(
                        Locale.ROOT,
                        "%-20s %10.3f %s",
                        figure.name(),
                        figure.value(),
                        figure.unit());
        return figure.peer() == null
                ? line
                : line
                        + String.format(
                                Locale.ROOT,
                                " (peer %.3f, ratio %.3f)",
                                figure.peer(),
                                figure.ratio());
    }
}
