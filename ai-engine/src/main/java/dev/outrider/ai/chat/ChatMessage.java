package dev.outrider.ai.chat;

import java.util.List;

/** One turn of a conversation. */
public sealed interface ChatMessage {
    /** What the operator wants of the model. */
    record Instruction(String content) implements ChatMessage {}

    /** What the user says. */
    record User(String content) implements ChatMessage {}

    /** What the model said, and the tools it called. */
    record Assistant(String content, List<ToolCall> calls) implements ChatMessage {
        public Assistant {
            calls = List.copyOf(calls);
        }
    }

    /**
     * What a tool the model called gave back.
     *
     * @param callId of the call
     * @param name of the tool
     */
    record ToolResult(String callId, String name, String content) implements ChatMessage {}

    static ChatMessage instruction(String content) {
        return new Instruction(content);
    }

    static ChatMessage user(String content) {
        return new User(content);
    }

    static ChatMessage assistant(String content) {
        return new Assistant(content, List.of());
    }
}
