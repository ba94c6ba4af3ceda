package dev.outrider.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.llama.LlamaBench;
import dev.outrider.ai.llama.LlamaBench.Figure;
import dev.outrider.ai.llama.LlamaBench.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
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

    private final ModelCatalogue catalogue;

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
        this(ModelCatalogue.standard());
    }

    LlamaBenchCommand(ModelCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public Integer call() throws IOException {
        NamedModel chosen = model == null ? NamedModel.anyChat(catalogue) : present(model);
        List<Figure> figures = LlamaBench.run(settings(chosen), this::note);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(chosen.name(), figures));
        } else {
            figures.forEach(figure -> out.println(figure));
        }
        return CommandLine.ExitCode.OK;
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
}
