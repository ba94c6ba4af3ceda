package dev.outrider.ai.llama;

/** A model could not be loaded or a request not be served; the message names cause and way out. */
public class LlamaException extends RuntimeException {
    public LlamaException(String message) {
        super(message);
    }

    public LlamaException(String message, Throwable cause) {
        super(message, cause);
    }
}
