package dev.outrider.ai.llama.foreign;

/**
 * A library whose memory layout is not the one our structs describe; calling it would be unsafe.
 */
public final class AbiException extends RuntimeException {
    public AbiException(String message) {
        super(message);
    }
}
