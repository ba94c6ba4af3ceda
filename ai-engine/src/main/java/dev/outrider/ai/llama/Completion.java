package dev.outrider.ai.llama;

/**
 * How an answer ended and what it took.
 *
 * @param promptTokens tokens of the prompt
 * @param reusedTokens how many of them were still in memory from earlier requests
 * @param generatedTokens tokens of the answer
 * @param forcedTokens how many of them a grammar left no choice for; they were not sampled
 * @param guessedTokens how many of them a draft model had guessed
 * @param certainty how likely the least likely of the sampled tokens was to the model, before the
 *     grammar had its say; 1 where nothing was sampled or no grammar is obeyed
 */
public record Completion(
        FinishReason reason,
        int promptTokens,
        int reusedTokens,
        int generatedTokens,
        int forcedTokens,
        int guessedTokens,
        double certainty) {}
