package dev.outrider.ai.grammar;

/**
 * A JSON Schema asks for what no grammar of ours can promise; the message names keyword and place.
 */
public final class SchemaException extends RuntimeException {
    SchemaException(String place, String problem) {
        super("JSON Schema at %s: %s".formatted(place.isEmpty() ? "the root" : place, problem));
    }

    SchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
