package dev.outrider.gateway.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** Figures as programs and people read them. */
public final class Report {

    private Report() {}

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
