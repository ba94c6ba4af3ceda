package dev.outrider.ai.chat;

/**
 * A template cannot be rendered, or refuses the conversation; the message is the template's own.
 */
public final class ChatTemplateException extends RuntimeException {
    public ChatTemplateException(String message) {
        super(message);
    }
}
