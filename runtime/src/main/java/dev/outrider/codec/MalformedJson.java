package dev.outrider.codec;

/** JSON that does not say what it should; the message says what is wrong. */
public final class MalformedJson extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedJson(String message) {
        super(message);
    }
}
