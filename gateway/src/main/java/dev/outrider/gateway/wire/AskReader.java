package dev.outrider.gateway.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.outrider.gateway.upstream.Ask;
import dev.outrider.gateway.upstream.Ask.Endpoint;
import dev.outrider.gateway.wire.ApiError.Refusal;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a request's body what the gateway must know, and where it stands. The whole text is
 * parsed, so that nothing broken is passed on, but nothing of it is built.
 */
final class AskReader {

    private static final int MAX_MODEL_LENGTH = 256;
    private static final String INCLUDE = "\"include_usage\":true";

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNestingDepth(200)
                                    .build())
                    .build();

    private final Endpoint endpoint;
    private final JsonParser json;
    private @Nullable String model;
    private Ask.Span modelValue = new Ask.Span(0, 0);
    private boolean streaming;
    private boolean usageWanted;
    private boolean contentSeen;
    private Ask.@Nullable Edit usageEdit;

    private AskReader(Endpoint endpoint, JsonParser json) {
        this.endpoint = endpoint;
        this.json = json;
    }

    /** The request, or a {@link Refusal} that says what is wrong with it. */
    static Ask read(Endpoint endpoint, Buffer body) {
        try (JsonParser json = JSON.createParser(body.getBytes())) {
            return new AskReader(endpoint, json).read(body);
        } catch (JsonProcessingException e) {
            throw refused("The body is not valid JSON: " + e.getOriginalMessage(), null);
        } catch (IOException e) {
            throw refused("The body is not valid UTF-8.", null);
        }
    }

    private static Refusal refused(String message, @Nullable String param) {
        return new Refusal(ApiError.badRequest(message, param));
    }

    private Ask read(Buffer body) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw refused("The body must be a JSON object.", null);
        }
        if (json.currentTokenLocation().getByteOffset() < 0) {
            throw refused("The body is not UTF-8.", null); // Jackson took it for UTF-16 or UTF-32
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            field(name);
        }
        int end = (int) json.currentTokenLocation().getByteOffset();
        if (json.nextToken() != null) {
            throw refused("The body must be one JSON object and nothing after it.", null);
        }
        return checked(body, end);
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "model" -> model();
            case "stream" -> streaming = endpoint == Endpoint.CHAT && bool("stream");
            case "stream_options" -> streamOptions();
            case "messages" -> content(Endpoint.CHAT, name);
            case "input" -> content(Endpoint.EMBEDDINGS, name);
            default -> json.skipChildren();
        }
    }

    private void model() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw refused("\"model\" must be a string.", "model");
        }
        int from = (int) json.currentTokenLocation().getByteOffset();
        String name = json.getText();
        if (name.isEmpty() || name.length() > MAX_MODEL_LENGTH) {
            throw refused("\"model\" must have 1 to 256 characters.", "model");
        }
        model = name;
        modelValue = new Ask.Span(from, (int) json.currentLocation().getByteOffset());
    }

    private boolean bool(String name) {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw refused('"' + name + "\" must be true or false.", name);
        };
    }

    private void streamOptions() throws IOException {
        int from = (int) json.currentTokenLocation().getByteOffset();
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            usageEdit = new Ask.Edit(new Ask.Span(from, from + 4), "{" + INCLUDE + "}");
            return;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw refused("\"stream_options\" must be an object.", "stream_options");
        }
        usageEdit = new Ask.Edit(new Ask.Span(from + 1, from + 1), INCLUDE + ",");
        boolean empty = true;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            empty = false;
            streamOption(json.currentName());
        }
        if (empty) {
            usageEdit = new Ask.Edit(new Ask.Span(from + 1, from + 1), INCLUDE);
        }
    }

    private void streamOption(String name) throws IOException {
        json.nextToken();
        if (!name.equals("include_usage")) {
            json.skipChildren();
            return;
        }
        int from = (int) json.currentTokenLocation().getByteOffset();
        usageWanted = bool("include_usage");
        int length = json.currentToken().asString().length();
        usageEdit = usageWanted ? null : new Ask.Edit(new Ask.Span(from, from + length), "true");
    }

    private void content(Endpoint owner, String name) throws IOException {
        if (owner == endpoint) {
            boolean text = endpoint == Endpoint.EMBEDDINGS && json.hasToken(JsonToken.VALUE_STRING);
            if (!text && json.currentToken() != JsonToken.START_ARRAY) {
                throw refused('"' + name + "\" must be an array.", name);
            }
            contentSeen = text || json.nextToken() != JsonToken.END_ARRAY;
            skipArray(text || !contentSeen);
        } else {
            json.skipChildren();
        }
    }

    private void skipArray(boolean ended) throws IOException {
        if (ended) {
            return;
        }
        do {
            if (endpoint == Endpoint.CHAT && json.currentToken() != JsonToken.START_OBJECT) {
                throw refused("Each of \"messages\" must be an object.", "messages");
            }
            json.skipChildren();
        } while (json.nextToken() != JsonToken.END_ARRAY);
    }

    private Ask checked(Buffer body, int end) {
        if (model == null) {
            throw refused("\"model\" is missing.", "model");
        }
        if (!contentSeen) {
            String name = endpoint == Endpoint.CHAT ? "messages" : "input";
            throw refused('"' + name + "\" is missing or empty.", name);
        }
        if (!streaming) {
            usageEdit = null;
        } else if (usageEdit == null && !usageWanted) {
            String added = ",\"stream_options\":{" + INCLUDE + "}";
            usageEdit = new Ask.Edit(new Ask.Span(end, end), added);
        }
        return new Ask(endpoint, model, streaming, usageWanted, body, modelValue, usageEdit);
    }
}
