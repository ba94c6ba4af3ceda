package dev.outrider.gateway.wire;

import dev.outrider.gateway.robot.Robot;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** The models one robot may use, as {@code /v1/models} shows them. */
final class ModelList {

    private final Set<String> models;
    private final Robot robot;

    ModelList(Set<String> models, Robot robot) {
        this.models = models;
        this.robot = robot;
    }

    Buffer all() {
        JsonArray data = new JsonArray();
        models.stream().filter(robot::mayUse).map(ModelList::entry).forEach(data::add);
        return new JsonObject().put("object", "list").put("data", data).toBuffer();
    }

    Optional<Buffer> one(String id) {
        return Optional.of(id)
                .filter(models::contains)
                .filter(robot::mayUse)
                .map(model -> entry(model).toBuffer());
    }

    private static JsonObject entry(String model) {
        return new JsonObject()
                .put("id", model)
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "outrider");
    }
}
