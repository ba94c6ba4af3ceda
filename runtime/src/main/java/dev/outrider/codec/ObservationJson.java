package dev.outrider.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.model.Finding;
import dev.outrider.model.Observation;
import java.util.ArrayList;
import java.util.List;

/**
 * What an action found out, as JSON: {@code
 * "found":[{"label":"cup","sure":0.93,"place":"middle","box":[0.1,0.2,0.5,0.6]}]} for things seen,
 * with {@code "text":"DOCK 7"} for lines read, {@code "text":"…","language":"es"} for words heard.
 * A box is left, top, right and bottom in parts of the picture.
 */
public final class ObservationJson {

    private ObservationJson() {}

    /** Writes an observation. */
    public static ObjectNode json(Observation observation) {
        ObjectNode object = PlanJson.MAPPER.createObjectNode();
        switch (observation) {
            case Observation.Seen(List<Finding> things) -> add(object, things);
            case Observation.Read read -> {
                add(object, read.lines());
                object.put("text", read.text());
            }
            case Observation.Heard(String text, String language) ->
                    object.put("text", text).put("language", language);
        }
        return object;
    }

    /**
     * Reads an observation.
     *
     * @throws MalformedJson if it was not written by {@link #json}
     */
    public static Observation observation(JsonNode node) throws MalformedJson {
        try {
            if (node.has("language")) {
                return new Observation.Heard(
                        node.path("text").asText(), node.path("language").asText());
            }
            List<Finding> found = new ArrayList<>();
            for (JsonNode one : node.path("found")) {
                found.add(finding(one));
            }
            return node.has("text") ? new Observation.Read(found) : new Observation.Seen(found);
        } catch (IllegalArgumentException e) {
            throw new MalformedJson("what was found: " + e.getMessage());
        }
    }

    private static void add(ObjectNode object, List<Finding> all) {
        ArrayNode found = object.putArray("found");
        for (Finding one : all) {
            found.addObject()
                    .put("label", one.label())
                    .put("sure", one.sure())
                    .put("place", one.place())
                    .putArray("box")
                    .add(one.left())
                    .add(one.top())
                    .add(one.right())
                    .add(one.bottom());
        }
    }

    private static Finding finding(JsonNode node) {
        JsonNode box = node.path("box");
        return new Finding(
                node.path("label").asText(),
                node.path("sure").asDouble(),
                node.path("place").asText(),
                box.path(0).asDouble(),
                box.path(1).asDouble(),
                box.path(2).asDouble(),
                box.path(3).asDouble());
    }
}
