package dev.outrider.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.openvino.OpenVinoBench;
import dev.outrider.ai.openvino.OpenVinoBench.Figure;
import dev.outrider.ai.sense.ObjectDetector;
import dev.outrider.ai.sense.SpeechBench;
import dev.outrider.ai.sense.SpeechToText;
import dev.outrider.codec.PlanJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.intel.openvino.Openvino;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code outrider bench openvino}. */
@Command(
        name = "openvino",
        mixinStandardHelpOptions = true,
        description = {
            "What an inference costs from Java, beside a C program on the same library and, with",
            "--python, OpenVINO's own package; what a model costs to open; how fast and how well",
            "speech is spoken and written. Takes a few minutes; models are fetched once.",
            "",
            "  tiny      set, infer, get on a model of two operations",
            "  detector  the same on SSD MobileNet v2",
            "  open      compile with and without cache, first and later answers, memory",
            "  sound     first sound of a long sentence",
            "  speech    word error rates and real-time factor of twenty spoken sentences"
        },
        footer = {"", "Example: outrider bench openvino --only tiny,detector --json"})
final class OpenVinoBenchCommand implements Callable<Integer> {

    private static final Set<String> PARTS = Set.of("tiny", "detector", "open", "sound", "speech");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "Only these parts (default: all).")
    private List<String> only = List.of();

    @Option(
            names = "--python",
            paramLabel = "PROGRAM",
            description = "An interpreter that has the package openvino, to be measured beside.")
    private Optional<String> python = Optional.empty();

    @Option(
            names = "--writers",
            split = ",",
            paramLabel = "MODEL",
            description = "Models that write speech down (default: whisper-base).")
    private List<String> writers = List.of("whisper-base");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        check(only, PARTS);
        check(writers, Set.copyOf(SpeechToText.MODELS));
        print(figures());
        return 0;
    }

    private void check(List<String> named, Set<String> known) {
        for (String name : named) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "%s is none of %s"
                                .formatted(
                                        name, String.join(", ", known.stream().sorted().toList())));
            }
        }
    }

    private boolean wanted(String part) {
        return only.isEmpty() || only.contains(part);
    }

    private List<Figure> figures() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        List<Figure> figures = new ArrayList<>();
        try (OpenVinoBench bench = OpenVinoBench.prepare(python)) {
            if (wanted("tiny") || wanted("detector")) {
                bench.noPeer().ifPresent(err::println);
            }
            if (wanted("tiny")) {
                figures.add(bench.tiny());
            }
            if (wanted("detector")) {
                figures.add(bench.detector(fetched(ObjectDetector.MODEL)));
            }
            if (wanted("open")) {
                figures.addAll(bench.opening(fetched(ObjectDetector.MODEL)));
            }
        }
        SpeechBench speech = new SpeechBench(this::fetched, err::println);
        if (wanted("sound")) {
            figures.addAll(speech.firstSound());
        }
        if (wanted("speech")) {
            for (String model : writers) {
                boolean alone = model.equals(writers.getFirst());
                figures.addAll(speech.writing(model, alone ? "" : "_" + model));
            }
        }
        return figures;
    }

    private Path fetched(String name) {
        ModelCatalogue catalogue = ModelCatalogue.standard();
        return catalogue.fetch(
                catalogue.named(name), new PullProgress(spec.commandLine().getErr()));
    }

    private void print(List<Figure> figures) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(figures));
            return;
        }
        for (Figure figure : figures) {
            out.println(
                    String.format(
                                    Locale.ROOT,
                                    "%-15s %s",
                                    figure.name(),
                                    amount(figure.value(), figure.unit()))
                            + beside("C", figure, figure.peer())
                            + beside("Python", figure, figure.python()));
        }
    }

    private static String amount(double value, String unit) {
        return unit.isEmpty()
                ? String.format(Locale.ROOT, "%.3f", value)
                : String.format(Locale.ROOT, "%.1f %s", value, unit);
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static String beside(String name, Figure figure, Optional<Double> other) {
        return other.map(value ->
                        String.format(
                                Locale.ROOT,
                                "   %s %s   ratio %.3f",
                                name,
                                amount(value, figure.unit()),
                                figure.value() / value))
                .orElse("");
    }

    private static ObjectNode json(List<Figure> figures) {
        ObjectNode object = PlanJson.MAPPER.createObjectNode().put("name", "openvino");
        object.putObject("machine")
                .put("architecture", System.getProperty("os.arch"))
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("java", System.getProperty("java.version"))
                .put("openvino", Openvino.version());
        ObjectNode all = object.putObject("figures");
        for (Figure figure : figures) {
            ObjectNode one =
                    all.putObject(figure.name())
                            .put("value", figure.value())
                            .put("unit", figure.unit());
            figure.peer().ifPresent(c -> one.put("peer", c).put("ratio", figure.value() / c));
            figure.python()
                    .ifPresent(other ->
                            one.put("python", other).put("pythonRatio", figure.value() / other));
        }
        return object;
    }
}
