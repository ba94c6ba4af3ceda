package dev.outrider.ai.gguf;

/** A file is not a GGUF file we can trust; the message says what is wrong with it and where. */
public final class GgufException extends RuntimeException {
    public GgufException(String message) {
        super(message);
    }

    public GgufException(String message, Throwable cause) {
        super(message, cause);
    }
}
