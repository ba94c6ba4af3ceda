package dev.outrider.codec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.model.BodyState;
import dev.outrider.model.Capability;
import dev.outrider.model.CommandId;
import dev.outrider.model.Degradation;
import dev.outrider.model.Parameter;
import dev.outrider.model.Place;
import dev.outrider.model.Readiness;
import dev.outrider.model.Rung;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a robot says of itself, as JSON: its state, and what it can do. */
public final class RobotJson {

    private RobotJson() {}

    /**
     * The robot's state: metres, degrees with left positive, charge 0 to 1 or null.
     *
     * @param busy the command being carried out, or null
     */
    public static ObjectNode state(
            BodyState body,
            @Nullable CommandId busy,
            Map<Rung, Readiness> rungs,
            List<Degradation> degraded) {
        ObjectNode object = PlanJson.MAPPER.createObjectNode();
        object.putObject("pose")
                .put("x", body.pose().x())
                .put("y", body.pose().y())
                .put("heading", body.pose().heading());
        ObjectNode battery = object.putObject("battery");
        body.battery()
                .charge()
                .ifPresentOrElse(c -> battery.put("charge", c), () -> battery.putNull("charge"));
        battery.put("external", body.battery().external());
        object.put("estop", body.emergencyStop()).put("busy", busy == null ? null : busy.value());
        ObjectNode ladder = object.putObject("rungs");
        for (Rung rung : Rung.values()) {
            Readiness readiness = rungs.get(rung);
            if (readiness != null) {
                ladder.put(rung.wireName(), text(readiness));
            }
        }
        object.set("degraded", DecisionJson.degraded(degraded));
        return object;
    }

    /** What the robot is and can do. */
    public static ObjectNode meta(
            String robot, String version, List<Capability> capabilities, List<Place> places) {
        ObjectNode object =
                PlanJson.MAPPER.createObjectNode().put("robot", robot).put("version", version);
        ArrayNode verbs = object.putArray("capabilities");
        capabilities.forEach(c -> verbs.add(json(c)));
        ArrayNode names = object.putArray("places");
        for (Place place : places) {
            ArrayNode aliases = names.addObject().put("name", place.name()).putArray("aliases");
            place.aliases().forEach(aliases::add);
        }
        return object;
    }

    /** One capability. */
    public static ObjectNode json(Capability capability) {
        ObjectNode object =
                PlanJson.MAPPER
                        .createObjectNode()
                        .put("do", capability.verb())
                        .put("describe", capability.description());
        ObjectNode parameters = object.putObject("parameters");
        capability.parameters().forEach((name, p) -> describe(parameters.putObject(name), p));
        ArrayNode requires = object.putArray("requires");
        capability.requires().stream().sorted().forEach(r -> requires.add(r.wireName()));
        if (capability.observes()) {
            object.put("observes", true);
        }
        if (!capability.aliases().isEmpty()) {
            ArrayNode aliases = object.putArray("aliases");
            capability.aliases().forEach(aliases::add);
        }
        return object;
    }

    private static void describe(ObjectNode object, Parameter parameter) {
        switch (parameter) {
            case Parameter.Range(var unit, double min, double max) -> {
                object.put("type", "number").put("unit", unit.symbol());
                PlanJson.putNumber(object, "min", min);
                PlanJson.putNumber(object, "max", max);
            }
            case Parameter.Choice(var choices) -> {
                ArrayNode values = object.put("type", "string").putArray("enum");
                choices.forEach(values::add);
            }
            case Parameter.FreeText(int maxLength) ->
                    object.put("type", "string").put("maxLength", maxLength);
        }
    }

    private static String text(Readiness readiness) {
        return switch (readiness) {
            case Readiness.Ready() -> "ready";
            case Readiness.Out(String reason) -> "out: " + reason;
        };
    }
}
