package dev.outrider.ai.llama;

import dev.outrider.ai.chat.ChatMessage;
import dev.outrider.ai.chat.Tool;
import java.util.List;

/**
 * A conversation to be answered, through the model's own chat template. The texts of special tokens
 * inside users' messages and tools' results are plain text, so nobody can forge a turn.
 *
 * @param tools the model may call, if its template knows tools
 * @param answer what the answer may be like
 */
public record ChatRequest(List<ChatMessage> messages, List<Tool> tools, AnswerOptions answer)
        implements PromptRequest {
    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a conversation has at least one message");
        }
    }

    /** The likeliest answer, free of form, without tools. */
    public static ChatRequest of(List<ChatMessage> messages, int maxTokens) {
        return new ChatRequest(messages, List.of(), AnswerOptions.of(maxTokens));
    }

    public ChatRequest withTools(List<Tool> offered) {
        return new ChatRequest(messages, offered, answer);
    }

    public ChatRequest withAnswer(AnswerOptions options) {
        return new ChatRequest(messages, tools, options);
    }
}
