package dev.outrider.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.openvino.OpenVinoBench;
import dev.outrider.ai.openvino.OpenVinoBench.Figure;
import dev.outrider.ai.sense.ObjectDetector;
import dev.outrider.codec.PlanJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.intel.openvino.Openvino;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outrider bench openvino}. */
@Command(
        name = "openvino",
        mixinStandardHelpOptions = true,
        description = {
            "What an inference costs from Java, beside a C program on the same library.",
            "The C program needs cc; without it the figures have no peer."
        },
        footer = {"", "Example: outrider bench openvino --json"})
final class OpenVinoBenchCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--no-detector", description = "Only the tiny model; fetches nothing.")
    private boolean noDetector;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (OpenVinoBench bench = OpenVinoBench.prepare()) {
            bench.noPeer().ifPresent(err::println);
            List<Figure> figures = new ArrayList<>(List.of(bench.tiny()));
            if (!noDetector) {
                ModelCatalogue catalogue = ModelCatalogue.standard();
                figures.add(
                        bench.detector(
                                catalogue.fetch(
                                        catalogue.named(ObjectDetector.MODEL),
                                        new PullProgress(err))));
            }
            print(figures);
        }
        return 0;
    }

    private void print(List<Figure> figures) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(figures));
            return;
        }
        for (Figure figure : figures) {
            String beside =
                    figure.peerMicroseconds()
                            .map(c ->
                                    String.format(
                                            Locale.ROOT,
                                            "   C %.1f µs   ratio %.3f",
                                            c,
                                            figure.microseconds() / c))
                            .orElse("");
            out.println(
                    String.format(
                                    Locale.ROOT,
                                    "%-9s Java %.1f µs",
                                    figure.name(),
                                    figure.microseconds())
                            + beside);
        }
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
                            .put("value", figure.microseconds())
                            .put("unit", "µs");
            figure.peerMicroseconds()
                    .ifPresent(peer ->
                            one.put("peer", peer).put("ratio", figure.microseconds() / peer));
        }
        return object;
    }
}
