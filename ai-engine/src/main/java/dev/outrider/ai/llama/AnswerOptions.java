package dev.outrider.ai.llama;

import java.time.Duration;
import java.util.List;

/**
 * What an answer may be like.
 *
 * @param maxTokens most tokens to generate
 * @param grammar the answer obeys
 * @param stops texts that end the answer; they are not part of it
 * @param sampling how tokens are chosen
 * @param timeLimit from asking to the last token, waiting included
 */
public record AnswerOptions(
        int maxTokens, Grammar grammar, List<String> stops, Sampling sampling, Duration timeLimit) {
    /** Used where no limit is given. */
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofHours(1);

    private static final Duration LONGEST_TIME_LIMIT = Duration.ofDays(1);

    public AnswerOptions {
        stops = List.copyOf(stops);
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
        }
        if (stops.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a stop text cannot be empty");
        }
        if (!timeLimit.isPositive() || timeLimit.compareTo(LONGEST_TIME_LIMIT) > 0) {
            throw new IllegalArgumentException(
                    "timeLimit must be positive and at most one day, not " + timeLimit);
        }
    }

    /** The likeliest answer, free of form. */
    public static AnswerOptions of(int maxTokens) {
        return new AnswerOptions(
                maxTokens, Grammar.free(), List.of(), Sampling.greedy(), DEFAULT_TIME_LIMIT);
    }

    public AnswerOptions withGrammar(Grammar form) {
        return new AnswerOptions(maxTokens, form, stops, sampling, timeLimit);
    }

    public AnswerOptions withStops(List<String> texts) {
        return new AnswerOptions(maxTokens, grammar, texts, sampling, timeLimit);
    }

    public AnswerOptions withSampling(Sampling choice) {
        return new AnswerOptions(maxTokens, grammar, stops, choice, timeLimit);
    }

    public AnswerOptions withTimeLimit(Duration limit) {
        return new AnswerOptions(maxTokens, grammar, stops, sampling, limit);
    }
}
