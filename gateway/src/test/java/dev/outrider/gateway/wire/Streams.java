package dev.outrider.gateway.wire;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a streamed answer as a client library would. */
public final class Streams {

    private Streams() {}

    public static List<String> data(String body) {
        return body.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    /** The text of all its choices' deltas. */
    public static String text(String body) {
        return data(body).stream()
                .filter(data -> data.startsWith("{"))
                .map(JsonObject::new)
                .filter(chunk -> chunk.containsKey("choices"))
                .flatMap(chunk -> chunk.getJsonArray("choices").stream())
                .map(choice ->
                        ((JsonObject) choice).getJsonObject("delta").getString("content", ""))
                .collect(Collectors.joining());
    }

    /** The text of a plain answer's first choice. */
    public static String wholeText(String body) {
        JsonObject choice = new JsonObject(body).getJsonArray("choices").getJsonObject(0);
        return choice.getJsonObject("message").getString("content");
    }

    public static boolean done(String body) {
        List<String> data = data(body);
        return !data.isEmpty() && data.getLast().equals("[DONE]");
    }

    /** The code of the error event that ends it; empty where none does. */
    public static String error(String body) {
        List<String> data = data(body);
        if (data.isEmpty() || !data.getLast().startsWith("{\"error\"")) {
            return "";
        }
        return new JsonObject(data.getLast()).getJsonObject("error").getString("code");
    }
}
