package dev.outrider.ai.llama;

import java.time.Duration;
import java.util.List;

/**
 * A prompt to be continued.
 *
 * @param prompt taken literally; the texts of special tokens in it stand for those tokens
 * @param answer what the continuation may be like
 */
public record GenerationRequest(String prompt, AnswerOptions answer) implements PromptRequest {
    /** The likeliest continuation, free of form. */
    public static GenerationRequest of(String prompt, int maxTokens) {
        return new GenerationRequest(prompt, AnswerOptions.of(maxTokens));
    }

    public GenerationRequest withGrammar(Grammar form) {
        return new GenerationRequest(prompt, answer.withGrammar(form));
    }

    public GenerationRequest withStops(List<String> texts) {
        return new GenerationRequest(prompt, answer.withStops(texts));
    }

    public GenerationRequest withSampling(Sampling choice) {
        return new GenerationRequest(prompt, answer.withSampling(choice));
    }

    public GenerationRequest withTimeLimit(Duration limit) {
        return new GenerationRequest(prompt, answer.withTimeLimit(limit));
    }
}
