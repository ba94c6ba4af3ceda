package dev.outrider.cli;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.NamedModel;
import dev.outrider.ai.fit.Bandwidth;
import dev.outrider.ai.fit.FitException;
import dev.outrider.ai.fit.Hardware;
import dev.outrider.ai.fit.ModelFit;
import dev.outrider.ai.fit.ModelShape;
import dev.outrider.ai.fit.Verdict;
import dev.outrider.ai.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
            "Everything is computed from the model's own file and measured on this machine;",
            "what cannot be computed is not promised."
        },
        footer = {"", "Exit codes: 0 fits, perhaps degraded, 1 does not fit, 2 wrong usage."})
final class CheckCommand implements Callable<Integer> {

    private static final int SMALLEST_CONTEXT = 16;

    private final ModelCatalogue catalogue;
    private final Supplier<Hardware> machine;

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
            defaultValue = "" + ModelFit.PROMISED_CONTEXT,
            description = "The context to be promised (default: ${DEFAULT-VALUE}).")
    private int context;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    CheckCommand() {
        this(ModelCatalogue.standard(), Hardware::read);
    }

    CheckCommand(ModelCatalogue catalogue, Supplier<Hardware> machine) {
        this.catalogue = catalogue;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        if (context < SMALLEST_CONTEXT) {
            throw new ParameterException(
                    spec.commandLine(), "--context is at least " + SMALLEST_CONTEXT);
        }
        Hardware hardware = machine.get();
        CheckReport report = new CheckReport(hardware, freeDisk());
        int exit = model == null ? 0 : check(model, hardware, report);
        spec.commandLine().getOut().println(json ? report.json() : report.text());
        return exit;
    }

    private int check(String named, Hardware hardware, CheckReport report) {
        NamedModel chosen = NamedModel.present(named, catalogue);
        ModelShape shape = ModelShape.of(GgufFile.read(chosen.file()));
        long usable =
                hardware.usableBytes()
                        .orElseThrow(() ->
                                new FitException(
                                        "how much memory is available here is unknown,"
                                                + " so nothing can be promised"));
        Verdict verdict = ModelFit.judge(shape, usable, context);
        report.model(chosen.name(), context, shape, verdict);
        if (verdict instanceof Verdict.TooLarge) {
            return 1;
        }
        int threads = Math.max(1, hardware.cores() - 1);
        report.speed(shape, verdict, Bandwidth.measure(threads), threads);
        return 0;
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
