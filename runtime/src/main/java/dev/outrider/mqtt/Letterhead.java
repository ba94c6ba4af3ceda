package dev.outrider.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.codec.MalformedJson;
import dev.outrider.model.CommandId;
import dev.outrider.model.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sent a request and which it is, as far as it was read. */
final class Letterhead {

    private final Topics topics;
    private final @Nullable String correlation;
    private final @Nullable String responder;
    private @Nullable CommandId id;
    private String client;

    Letterhead(Delivery delivery, Topics topics) {
        byte[] data = delivery.correlation();
        String responseTopic = delivery.responseTopic();
        this.topics = topics;
        this.correlation = data == null || data.length == 0 ? null : Correlation.text(data);
        this.responder = responseTopic == null ? null : topics.client(responseTopic).orElse(null);
        this.client =
                topics.acknowledger(delivery.topic())
                        .or(() -> Optional.ofNullable(responder))
                        .orElse(Topics.ANONYMOUS);
        this.id = correlation != null && fits(correlation) ? new CommandId(correlation) : null;
    }

    @Nullable CommandId id() {
        return id;
    }

    String client() {
        return client;
    }

    /** Reads who is answered, and the id if it is readable. */
    void readAddress(JsonNode fields) throws MalformedJson {
        String said = fields.path("id").textValue();
        if (id == null && correlation == null && said != null && fits(said)) {
            id = new CommandId(said);
        }
        JsonNode replyTo = fields.path("replyTo");
        if (replyTo.isMissingNode()) {
            return;
        }
        if (!replyTo.isTextual()) {
            throw new MalformedJson("\"replyTo\" is a string");
        }
        String named =
                topics.named(replyTo.textValue())
                        .orElseThrow(() ->
                                new MalformedJson(
                                        ErrorCode.PARAMETER_OUT_OF_RANGE,
                                        "\"replyTo\" is a client's name or a topic "
                                                + topics.response("<client>")));
        if (responder != null && !responder.equals(named)) {
            throw new MalformedJson(
                    ErrorCode.ID_CONFLICT, "Response Topic and \"replyTo\" name different clients");
        }
        client = named;
    }

    /** The request's own id, by Correlation Data or payload. */
    CommandId required(JsonNode fields) throws MalformedJson {
        String said = said(fields);
        if (correlation != null && said != null && !said.equals(correlation)) {
            throw new MalformedJson(
                    ErrorCode.ID_CONFLICT, "Correlation Data and the payload's \"id\" differ");
        }
        return valid(correlation == null ? said : correlation);
    }

    /**
     * The id of the command that a request is about; its Correlation Data, which may be the
     * request's own, only if the payload names none.
     */
    CommandId target(JsonNode fields) throws MalformedJson {
        String said = said(fields);
        CommandId target = valid(said == null ? correlation : said);
        id = target;
        return target;
    }

    private static @Nullable String said(JsonNode fields) throws MalformedJson {
        JsonNode said = fields.path("id");
        if (!said.isMissingNode() && !said.isTextual()) {
            throw new MalformedJson("\"id\" is a string");
        }
        return said.textValue();
    }

    private static CommandId valid(@Nullable String said) throws MalformedJson {
        if (said == null || said.isEmpty()) {
            throw new MalformedJson(
                    ErrorCode.ID_MISSING, "a request has Correlation Data, or an \"id\"");
        }
        if (!fits(said)) {
            throw new MalformedJson(
                    ErrorCode.PARAMETER_OUT_OF_RANGE,
                    "an id has 1 to "
                            + CommandId.MAX_LENGTH
                            + " characters, none of them a control character");
        }
        return new CommandId(said);
    }

    private static boolean fits(String said) {
        return !said.isEmpty()
                && said.length() <= CommandId.MAX_LENGTH
                && said.chars().noneMatch(Character::isISOControl);
    }
}
