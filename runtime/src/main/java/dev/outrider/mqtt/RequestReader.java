package dev.outrider.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.codec.CommandJson;
import dev.outrider.codec.MalformedJson;
import dev.outrider.model.CommandId;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests. What MQTT 5 says in properties, a payload may say in {@code id}, {@code replyTo}
 * and {@code deadlineMs}. Whatever arrives, the result is a request or says what is wrong.
 */
final class RequestReader {

    private static final Set<String> NOT_SERVED = Set.of("mission", "query");

    /** What a Message Expiry can say, in milliseconds. */
    private static final double MAX_DEADLINE_MILLIS = 4_294_967_295_000.0;

    private final Topics topics;
    private final int maxPayload;
    private final Duration deadline;

    RequestReader(LinkConfig config) {
        this.topics = new Topics(config.root(), config.robot());
        this.maxPayload = config.maxPayload();
        this.deadline = config.deadline();
    }

    /** Reads a message that came by a request's topic or an acknowledgement's. */
    Request read(Delivery delivery) {
        Letterhead head = new Letterhead(delivery, topics);
        try {
            if (delivery.payload().length > maxPayload) {
                throw new MalformedJson(
                        ErrorCode.TOO_LARGE,
                        "the payload has "
                                + delivery.payload().length
                                + " bytes, at most "
                                + maxPayload);
            }
            JsonNode fields = Payload.object(delivery.payload());
            Optional<String> acknowledger = topics.acknowledger(delivery.topic());
            if (acknowledger.isPresent()) {
                return new Request.Acknowledge(head.target(fields), acknowledger.get());
            }
            head.readAddress(fields);
            return request(delivery, head, fields);
        } catch (MalformedJson e) {
            return new Request.Unreadable(head.id(), head.client(), e.problem());
        }
    }

    private Request request(Delivery delivery, Letterhead head, JsonNode fields)
            throws MalformedJson {
        String kind = topics.kind(delivery.topic()).orElse("");
        if (kind.equals("cancel")) {
            return new Request.Cancel(head.target(fields), head.client());
        }
        if (kind.equals("answer")) {
            return reply(delivery, head, fields);
        }
        CommandId id = head.required(fields);
        if (!kind.equals("command")) {
            throw new MalformedJson(ErrorCode.UNKNOWN_KIND, unknown(kind));
        }
        if (delivery.retained()) {
            return new Request.Unreadable(
                    id,
                    head.client(),
                    new Problem(
                            ErrorCode.GATE_REFUSED,
                            "commands are never retained",
                            "send the command again without the retain flag"));
        }
        return new Request.Do(
                CommandJson.command(id, head.client(), fields),
                timeAllowed(delivery.expiry(), fields.path("deadlineMs")));
    }

    private static Request reply(Delivery delivery, Letterhead head, JsonNode fields)
            throws MalformedJson {
        CommandId id = head.target(fields);
        if (delivery.retained()) {
            throw new MalformedJson(
                    ErrorCode.GATE_REFUSED, "an answer is never retained; send it again without");
        }
        if (!fields.path("yes").isBoolean()) {
            throw new MalformedJson(
                    ErrorCode.PARAMETER_TYPE,
                    "an answer is {\"id\":\"…\",\"yes\":true} or false; \"yes\" is missing or no"
                            + " boolean");
        }
        return new Request.Reply(id, fields.path("yes").booleanValue(), head.client());
    }

    private static String unknown(String kind) {
        return NOT_SERVED.contains(kind)
                ? "this version does not serve req/"
                        + kind
                        + " yet; it serves command, cancel and answer"
                : "there is no such kind of request; this version serves command, cancel and answer";
    }

    /** The sooner of what was said, or the default. */
    private Duration timeAllowed(@Nullable Long expiry, JsonNode millis) throws MalformedJson {
        if (!millis.isMissingNode() && !millis.isNumber()) {
            throw new MalformedJson("\"deadlineMs\" is a number of milliseconds");
        }
        if (!(Math.abs(millis.doubleValue()) <= MAX_DEADLINE_MILLIS)) {
            throw new MalformedJson(
                    ErrorCode.PARAMETER_OUT_OF_RANGE,
                    "\"deadlineMs\" is at most " + (long) MAX_DEADLINE_MILLIS);
        }
        Duration said = millis.isNumber() ? Duration.ofMillis(millis.longValue()) : null;
        Duration expires = expiry == null ? null : Duration.ofSeconds(expiry);
        if (said == null) {
            return expires == null ? deadline : expires;
        }
        return expires == null || said.compareTo(expires) < 0 ? said : expires;
    }
}
