package dev.outrider.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.codec.PlanJson;
import org.jspecify.annotations.Nullable;

/** What a bench prints with {@code --json}: its name, the machine, and the figures. */
final class BenchReport {

    private final ObjectNode json;
    private final ObjectNode machine;
    private final ObjectNode figures;

    BenchReport(String name) {
        json = PlanJson.MAPPER.createObjectNode().put("name", name);
        machine =
                json.putObject("machine")
                        .put(
                                "os",
                                System.getProperty("os.name")
                                        + " "
                                        + System.getProperty("os.version"))
                        .put("arch", System.getProperty("os.arch"))
                        .put("processors", Runtime.getRuntime().availableProcessors())
                        .put("java", System.getProperty("java.vm.version"));
        figures = json.putObject("figures");
    }

    /** What else of the machine and the run matters to the figures. */
    ObjectNode machine() {
        return machine;
    }

    /**
     * Adds a figure.
     *
     * @param peer what was measured beside it, or null
     * @param ratio of the two, or null
     */
    void add(
            String name, double value, String unit, @Nullable Double peer, @Nullable Double ratio) {
        ObjectNode figure = figures.putObject(name).put("value", value).put("unit", unit);
        if (peer != null) {
            figure.put("peer", peer);
        }
        if (ratio != null) {
            figure.put("ratio", ratio);
        }
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
