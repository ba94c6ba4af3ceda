package dev.outrider.cli;

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
import dev.outrider.ai.llama.LlamaBench.Part;
import dev.outrider.ai.llama.LlamaBench.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        footer = {
            "",
            "Examples: outrider bench llama --model smollm2 --only prompt,cancel --json",
            "          outrider bench llama --forecast smollm2,qwen2.5-coder-0.5b"
        })
final class LlamaBenchCommand implements Callable<Integer> {

    /** What is forecast. */
    private static final Set<Part> SPEEDS = EnumSet.of(Part.PROMPT, Part.GENERATION);

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
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description = "Only some of it: ${COMPLETION-CANDIDATES} (default: all).")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Option(
            names = "--forecast",
            paramLabel = "FILE|NAME",
            split = ",",
            description = {
                "Instead of one model in full: of each of these what outrider check forecasts, and",
                "beside it what is then measured."
            })
    private List<String> forecast = List.of();

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
        BenchReport report = new BenchReport("llama");
        report.machine().put("threads", threads);
        if (forecast.isEmpty()) {
            NamedModel chosen = model == null ? NamedModel.anyChat(catalogue) : present(model);
            report.machine().put("model", chosen.name());
            measure(chosen).forEach(figure -> put(report, figure));
        } else {
            for (NamedModel chosen : forecast.stream().map(this::present).toList()) {
                compare(chosen).forEach(figure -> put(report, figure));
            }
        }
        if (json) {
            out().println(report);
        }
        return CommandLine.ExitCode.OK;
    }

    private void put(BenchReport report, Figure figure) {
        report.add(figure.name(), figure.value(), figure.unit(), figure.peer(), figure.ratio());
        if (!json) {
            out().println(figure);
        }
    }

    private List<Figure> measure(NamedModel chosen) throws IOException {
        Optional<Forecast> said = only.containsAll(SPEEDS) ? forecast(chosen) : Optional.empty();
        List<Figure> figures = new ArrayList<>(LlamaBench.run(settings(chosen, only), this::note));
        said.ifPresent(known -> {
            double worst =
                    recorded(chosen, known, figures).values().stream()
                            .mapToDouble(Pair::error)
                            .max()
                            .orElseThrow();
            figures.add(
                    new Figure("forecast_error", worst, "of 1, prompt or generation", null, null));
        });
        return figures;
    }

    /** The model's speed, each figure beside what was forecast of it. */
    private List<Figure> compare(NamedModel chosen) throws IOException {
        note(chosen.name());
        Optional<Forecast> said = forecast(chosen);
        List<Figure> figures = LlamaBench.run(settings(chosen, SPEEDS), this::note);
        Map<String, Pair> pairs =
                said.map(known -> recorded(chosen, known, figures)).orElse(Map.of());
        return figures.stream()
                .map(figure -> beside(pairs.get(figure.name()), chosen.name(), figure))
                .toList();
    }

    private static Figure beside(@Nullable Pair pair, String model, Figure figure) {
        return new Figure(
                model + " " + figure.name(),
                figure.value(),
                figure.unit(),
                pair == null ? null : pair.predicted(),
                pair == null ? null : pair.measured() / pair.predicted());
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

    /** Notes the forecast beside what was measured, for later forecasts to be judged by. */
    private Map<String, Pair> recorded(NamedModel chosen, Forecast said, List<Figure> figures) {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        Forecast.Generation answer = said.generation();
        for (Figure figure : figures) {
            if (figure.name().equals(ForecastLog.PROMPT)) {
                pairs.put(ForecastLog.PROMPT, new Pair(said.prompt().likely(), figure.value()));
            } else if (figure.name().equals(ForecastLog.GENERATION) && answer != null) {
                double likely = answer.behind(LlamaBench.ANSWER_TOKENS / 2.0);
                pairs.put(ForecastLog.GENERATION, new Pair(likely, figure.value()));
            }
        }
        log.append(
                new ForecastLog.Run(
                        Instant.now(), chosen.name(), FORECAST_CONTEXT, threads, pairs));
        return pairs;
    }

    private NamedModel present(String named) {
        return NamedModel.present(named, catalogue);
    }

    private Settings settings(NamedModel chosen, Set<Part> parts) {
        try {
            return new Settings(
                    chosen.file(),
                    threads,
                    rounds,
                    forecast.isEmpty(),
                    parts,
                    draft == null ? null : present(draft).file(),
                    toolCalls);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void note(String what) {
        spec.commandLine().getErr().println(what);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
