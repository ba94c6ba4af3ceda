package dev.outrider.ai.llama;

/** Anything a model answers with text. */
public sealed interface PromptRequest permits GenerationRequest, ChatRequest {
    /** What the answer may be like. */
    AnswerOptions answer();
}
