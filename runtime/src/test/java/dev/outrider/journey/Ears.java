package dev.outrider.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.codec.PlanJson;
import dev.outrider.mqtt.BrokerUrl;
import dev.outrider.mqtt.Controller;
import dev.outrider.mqtt.LinkConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A controller that remembers what the robot said. */
final class Ears implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final List<Controller.Message> heard = new CopyOnWriteArrayList<>();
    final Controller controller;

    Ears(BrokerUrl broker) {
        controller = Controller.connect(LinkConfig.of("rover-1", broker), heard::add, why -> {});
        controller.listen("rsp/+", "state", "conn", "meta");
    }

    /** The outcomes of a command so far, as they came. */
    List<String> outcomes(String id) {
        return heard.stream()
                .filter(m -> m.branch().startsWith("rsp/"))
                .map(Controller.Message::json)
                .filter(json -> json.contains("\"type\":\"outcome\""))
                .filter(json -> json.contains("\"id\":\"" + id + "\""))
                .toList();
    }

    JsonNode outcome(String id) {
        Awaitility.await().atMost(PATIENCE).until(() -> !outcomes(id).isEmpty());
        return json(outcomes(id).getFirst());
    }

    boolean accepted(String id) {
        return heard.stream()
                .anyMatch(m ->
                        m.json().contains("\"accepted\"")
                                && m.json().contains("\"id\":\"" + id + "\""));
    }

    JsonNode state() {
        return json(
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(
                                () ->
                                        heard.stream()
                                                .filter(m -> m.branch().equals("state"))
                                                .reduce((a, b) -> b),
                                java.util.Optional::isPresent)
                        .orElseThrow()
                        .json());
    }

    void send(String json) {
        controller.send("req/command", json, null, null);
    }

    static JsonNode json(String text) {
        try {
            return PlanJson.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    @Override
    public void close() {
        controller.close();
    }
}
