package dev.outrider.cli;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.NamedModel;
import dev.outrider.ai.fit.Bandwidth;
import dev.outrider.ai.fit.FitException;
import dev.outrider.ai.fit.Forecast;
import dev.outrider.ai.fit.ForecastLog;
import dev.outrider.ai.fit.ForecastProbe;
import dev.outrider.ai.fit.Hardware;
import dev.outrider.ai.fit.Hardware.Gpu;
import dev.outrider.ai.fit.Machine;
import dev.outrider.ai.fit.ModelFit;
import dev.outrider.ai.fit.ModelShape;
import dev.outrider.ai.fit.Placement;
import dev.outrider.ai.fit.Verdict;
import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.llama.CacheType;
import dev.outrider.ai.llama.LlamaOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says what this machine has, and whether a model fits it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Says what this machine has and whether a model keeps the promised context here.",
            "Everything is computed from the model's own file and measured on this machine, by",
            "timing a few of its layers; what cannot be computed is not promised.",
            "After outrider bench llama, it also says how far its forecasts were off."
        },
        footer = {"", "Exit codes: 0 fits, perhaps degraded, 1 does not fit, 2 wrong usage."})
final class CheckCommand implements Callable<Integer> {

    private static final int SMALLEST_CONTEXT = 16;
    private static final int ENOUGH_RUNS = 3;
    private static final double UNKNOWN_ERROR = 0.25;

    private final ModelCatalogue catalogue;
    private final Supplier<Hardware> here;
    private final ForecastLog log;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "FILE|NAME",
            description =
                    "A GGUF file, or a name of the catalogue that this machine has (default: only"
                            + " the machine is checked).")
    private @Nullable String model;

    @Option(
            names = "--context",
            paramLabel = "TOKENS",
            defaultValue = "" + LlamaOptions.PROMISED_CONTEXT,
            description = "The context to be promised (default: ${DEFAULT-VALUE}).")
    private int context;

    @Option(
            names = "--machine",
            paramLabel = "NAME",
            description =
                    "Plan for another machine by its data sheet instead of reading this one; list"
                            + " shows which are known.")
    private @Nullable String other;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that would compute (default: all cores).")
    private @Nullable Integer threads;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    CheckCommand() {
        this(
                ModelCatalogue.standard(),
                Hardware::read,
                ForecastLog.standard(CacheFolder.standard()));
    }

    CheckCommand(ModelCatalogue catalogue, Supplier<Hardware> here, ForecastLog log) {
        this.catalogue = catalogue;
        this.here = here;
        this.log = log;
    }

    @Override
    public Integer call() {
        if (context < SMALLEST_CONTEXT) {
            throw new ParameterException(
                    spec.commandLine(), "--context is at least " + SMALLEST_CONTEXT);
        }
        if (threads != null && threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads is at least 1");
        }
        if ("list".equals(other)) {
            Machine.known().forEach(machine -> print(machine.name() + "  " + machine.describe()));
            return 0;
        }
        @Nullable Machine planned = other == null ? null : Machine.named(other);
        Hardware hardware = planned == null ? here.get() : planned.hardware();
        CheckReport report =
                planned == null
                        ? CheckReport.of(hardware, freeDisk())
                        : CheckReport.planned(planned);
        int exit = model == null ? 0 : check(model, hardware, planned, report);
        print(json ? report.json() : report.text());
        return exit;
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
    }

    private int check(
            String named, Hardware hardware, @Nullable Machine planned, CheckReport report) {
        NamedModel chosen = NamedModel.present(named, catalogue);
        GgufFile file = GgufFile.read(chosen.file());
        ModelShape shape = ModelShape.of(file);
        List<Gpu> gpus = hardware.gpus() == null ? List.of() : hardware.gpus();
        long usable =
                hardware.usableBytes()
                        .orElseThrow(() ->
                                new FitException(
                                        "how much memory is available here is unknown,"
                                                + " so nothing can be promised"));
        Verdict verdict = ModelFit.judge(shape, usable, gpus, context);
        report.model(chosen.name(), context, shape, verdict, gpus);
        if (verdict instanceof Verdict.TooLarge) {
            return 1;
        }
        speed(file, shape, verdict, gpus, planned, report);
        return 0;
    }

    private void speed(
            GgufFile file,
            ModelShape shape,
            Verdict verdict,
            List<Gpu> gpus,
            @Nullable Machine planned,
            CheckReport report) {
        int computing = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (planned != null) {
            report.atMost(
                    shape,
                    verdict,
                    planned.ratedBytesPerSecond(),
                    "memory rated at this speed by the data sheet; nothing was measured, run"
                            + " outrider check on the machine itself");
            return;
        }
        try {
            if (Placement.of(shape, verdict.need(), gpus).isSplit()) {
                throw new FitException(
                        "no speed is forecast for layers split between processor and device");
            }
            CacheType cache = CheckReport.cache(verdict);
            Forecast forecast =
                    ForecastProbe.forecast(
                            file,
                            context,
                            cache == null ? CacheType.F16 : cache,
                            computing,
                            mayBeOff());
            report.forecast(forecast);
            report.past(ForecastLog.PROMPT, log.pastError(ForecastLog.PROMPT));
            report.past(ForecastLog.GENERATION, log.pastError(ForecastLog.GENERATION));
            report.past(ForecastLog.MEMORY, log.pastError(ForecastLog.MEMORY));
        } catch (FitException e) {
            report.atMost(
                    shape,
                    verdict,
                    Bandwidth.measure(computing),
                    "memory copied by " + computing + " threads just now; " + e.getMessage());
        }
    }

    /** The worst that forecasts were off here, or a quarter as long as little is known. */
    private double mayBeOff() {
        return Stream.of(ForecastLog.PROMPT, ForecastLog.GENERATION)
                .flatMap(figure -> log.pastError(figure).stream())
                .filter(error -> error.runs() >= ENOUGH_RUNS)
                .mapToDouble(ForecastLog.PastError::worst)
                .max()
                .orElse(UNKNOWN_ERROR);
    }

    private static @Nullable Long freeDisk() {
        for (@Nullable Path folder = CacheFolder.standard().root().toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            if (Files.exists(folder)) {
                return usable(folder);
            }
        }
        return null;
    }

    private static @Nullable Long usable(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return null; // shown as unknown
        }
    }
}
