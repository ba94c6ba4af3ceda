package dev.outrider.ai.catalogue;

/**
 * A package or model could not be fetched or verified; the message names the cause and a way out.
 */
public final class CatalogueException extends RuntimeException {
    public CatalogueException(String message) {
        super(message);
    }

    public CatalogueException(String message, Throwable cause) {
        super(message, cause);
    }
}
