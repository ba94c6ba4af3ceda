package dev.outrider.ai.llama;

/** Why an answer ended. */
public enum FinishReason {
    /** The model said so, a stop text appeared, or the grammar was complete. */
    STOP,
    /** It reached maxTokens or the end of the context. */
    LENGTH,
    /** The reader closed the stream, or the model was closed. */
    CANCELLED,
    /** The request's time was up. */
    DEADLINE
}
