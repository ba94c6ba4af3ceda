package dev.outrider.gateway.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Figures as programs and people read them. */
public final class Report {

    private Report() {}

    /**
     * One measured figure.
     *
     * @param peer what the plain relay measured in the same run; null where there is none
     */
    public record Figure(String name, double value, String unit, @Nullable Double peer) {

        JsonObject json() {
            JsonObject json = new JsonObject().put("value", rounded(value)).put("unit", unit);
            if (peer != null) {
                json.put("peer", rounded(peer)).put("ratio", rounded(value / peer));
            }
            return json;
        }

        String text() {
            String beside =
                    peer == null
                            ? ""
                            : "   relay " + rounded(peer) + "   ratio " + rounded(value / peer);
            return "%-16s %10s %s%s".formatted(name, rounded(value), unit, beside);
        }

        private static double rounded(double value) {
            return Math.round(value * 1000) / 1000.0;
        }
    }

    /** One object, of the shape that every bench of Outrider prints. */
    public static String json(List<Figure> figures) {
        JsonObject measured = new JsonObject();
        figures.forEach(figure -> measured.put(figure.name(), figure.json()));
        return new JsonObject()
                .put("name", "gateway")
                .put("machine", machine())
                .put("figures", measured)
                .encode();
    }

    public static String text(List<Figure> figures) {
        return figures.stream().map(Figure::text).collect(Collectors.joining("\n"));
    }

    private static JsonObject machine() {
        return new JsonObject()
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("arch", System.getProperty("os.arch"))
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("java", System.getProperty("java.vm.version"));
    }
}
