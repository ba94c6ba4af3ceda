package dev.outrider.mqtt;

import org.jspecify.annotations.Nullable;

/** The link broke or could not be made; the message is one line that names the cause. */
final class LinkFailure extends Exception {

    private static final long serialVersionUID = 1L;

    LinkFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
