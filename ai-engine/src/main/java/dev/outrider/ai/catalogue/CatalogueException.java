package dev.outrider.ai.catalogue;

/**
 * A package or model could not be fetched or verified; the message names the cause and a way out.
 */
public class CatalogueException extends RuntimeException {
    /** There is no model of a name. */
    public static final class Unknown extends CatalogueException {
        Unknown(String message) {
            super(message);
        }
    }

    public CatalogueException(String message) {
        super(message);
    }

    public CatalogueException(String message, Throwable cause) {
        super(message, cause);
    }
}
