package dev.outrider.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Instruction;
import dev.outrider.model.RoutingPolicy;

/**
 * Commands as JSON: {@code {"text":"dock","mode":"prefer_on_device"}} or {@code {"plan":[…]}}, with
 * {@code "dryRun":true} where nothing shall move.
 */
public final class CommandJson {

    private CommandJson() {}

    /**
     * Reads what is asked for; other fields are ignored.
     *
     * @throws MalformedJson with the code its sender is told
     */
    public static Command command(CommandId id, String client, JsonNode fields)
            throws MalformedJson {
        return new Command(id, client, instruction(fields), policy(fields), dryRun(fields));
    }

    /** Reads a command as {@link #json} wrote it. */
    public static Command command(JsonNode stored) throws MalformedJson {
        CommandId id = new CommandId(stored.path("id").asText());
        return command(id, stored.path("client").asText(), stored);
    }

    /** Writes a command with all that is needed to read it again. */
    public static ObjectNode json(Command command) {
        ObjectNode object =
                PlanJson.MAPPER
                        .createObjectNode()
                        .put("id", command.id().value())
                        .put("client", command.client());
        switch (command.instruction()) {
            case Instruction.Words(var text) -> object.put("text", text);
            case Instruction.Steps(var plan) -> object.set("plan", PlanJson.json(plan));
        }
        return object.put("mode", command.policy().wireName()).put("dryRun", command.dryRun());
    }

    private static Instruction instruction(JsonNode fields) throws MalformedJson {
        boolean words = fields.has("text");
        if (words && fields.has("plan")) {
            throw new MalformedJson("a command has a text or a plan, not both");
        }
        if (words) {
            return words(fields.path("text"));
        }
        if (!fields.has("plan")) {
            throw new MalformedJson(
                    ErrorCode.PARAMETER_MISSING, "a command has a \"text\" or a \"plan\"");
        }
        return new Instruction.Steps(PlanJson.plan(fields.path("plan")));
    }

    private static Instruction words(JsonNode text) throws MalformedJson {
        if (!text.isTextual()) {
            throw new MalformedJson("\"text\" is a string, not " + PlanJson.kind(text));
        }
        if (text.textValue().isBlank()) {
            throw new MalformedJson(ErrorCode.PARAMETER_MISSING, "the text is empty");
        }
        if (text.textValue().length() > Instruction.Words.MAX_LENGTH) {
            throw new MalformedJson(
                    ErrorCode.PARAMETER_OUT_OF_RANGE,
                    "the text has at most " + Instruction.Words.MAX_LENGTH + " characters");
        }
        return new Instruction.Words(text.textValue());
    }

    private static RoutingPolicy policy(JsonNode fields) throws MalformedJson {
        JsonNode mode = fields.path("mode");
        if (mode.isMissingNode()) {
            return RoutingPolicy.PREFER_ON_DEVICE;
        }
        return RoutingPolicy.named(mode.isTextual() ? mode.textValue() : "")
                .orElseThrow(() ->
                        new MalformedJson(
                                "\"mode\" is prefer_on_device, only_on_device,"
                                        + " prefer_in_cloud or only_in_cloud"));
    }

    private static boolean dryRun(JsonNode fields) throws MalformedJson {
        JsonNode dryRun = fields.path("dryRun");
        if (!dryRun.isMissingNode() && !dryRun.isBoolean()) {
            throw new MalformedJson("\"dryRun\" is true or false, not " + PlanJson.kind(dryRun));
        }
        return dryRun.booleanValue();
    }
}
