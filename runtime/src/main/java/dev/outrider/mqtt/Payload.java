package dev.outrider.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.codec.MalformedJson;
import dev.outrider.codec.PlanJson;
import dev.outrider.model.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** A message's payload as a JSON object. */
final class Payload {

    private Payload() {}

    /** Reads a payload strictly: UTF-8, one object, no key twice, not deep, no half characters. */
    static JsonNode object(byte[] payload) throws MalformedJson {
        JsonNode node = node(text(payload));
        if (!node.isObject()) {
            throw notJson("the payload is not a JSON object");
        }
        return node;
    }

    private static String text(byte[] payload) throws MalformedJson {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
        } catch (CharacterCodingException e) {
            throw notJson("the payload is not UTF-8");
        }
    }

    private static JsonNode node(String text) throws MalformedJson {
        try {
            JsonNode node = PlanJson.MAPPER.readTree(text);
            if (text.contains("\\u") && !UTF_8.newEncoder().canEncode(node.toString())) {
                throw notJson("the payload has half a surrogate pair");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw notJson("the payload is not JSON: " + e.getOriginalMessage());
        }
    }

    private static MalformedJson notJson(String message) {
        return new MalformedJson(ErrorCode.NOT_JSON, message);
    }
}
