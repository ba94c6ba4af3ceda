package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A draft model makes answers sooner, never others. */
final class DraftTest {
    private static final LlamaOptions PLAIN =
            LlamaOptions.defaults().withContextTokens(512).withBatchTokens(64).withThreads(1);

    private static final List<GenerationRequest> REQUESTS =
            List.of(
                    GenerationRequest.of("the robot", 60),
                    GenerationRequest.of("the robot drives", 61),
                    GenerationRequest.of("what to do", 80)
                            .withGrammar(
                                    Grammar.gbnf(
                                            "root ::= \"{\\\"do\\\":\\\"\" [a-z]{3,9} \"\\\",\\\"n\\\":\" [0-9] \"}\"")),
                    GenerationRequest.of("by chance", 40).withSampling(Sampling.random(0.7f, 3)),
                    GenerationRequest.of("x", 490));

    @TempDir Path folder;
    private Path target;

    @BeforeEach
    void write() throws IOException {
        Natives.assumeLlama();
        target = TinyModel.standard().write(folder.resolve("target.gguf"));
    }

    @Test
    void saysTheSameSoonerWhenTheGuessesAreGood() throws Exception {
        var alone = answers(PLAIN, null);

        var guessed = new ArrayList<Completion>();
        var helped = answers(PLAIN.withDraft(target, 8), guessed);

        assertThat(helped).isEqualTo(alone);
        assertThat(guessed.stream().mapToInt(Completion::guessedTokens).sum()).isPositive();
        assertThat(guessed)
                .allSatisfy(completion ->
                        assertThat(completion.guessedTokens())
                                .isLessThanOrEqualTo(completion.generatedTokens()));
    }

    @Test
    void saysTheSameWhenTheGuessesAreBad() throws Exception {
        var other = TinyModel.standard().withSeed(99).write(folder.resolve("other.gguf"));

        assertThat(answers(PLAIN.withDraft(other, 5), null)).isEqualTo(answers(PLAIN, null));
    }

    @Test
    void refusesADraftOfAnotherVocabulary() throws IOException {
        var other = new TinyModel(2, 64, 2048, 2048, 1).write(folder.resolve("other.gguf"));

        assertThatThrownBy(() -> LlamaModels.load(target, PLAIN.withDraft(other, 4)))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("vocabulary");
    }

    @Test
    void refusesADraftThatIsNotThere() {
        var missing = folder.resolve("missing.gguf");

        assertThatThrownBy(() -> LlamaModels.load(target, PLAIN.withDraft(missing, 4)))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("missing.gguf");
    }

    private List<String> answers(LlamaOptions options, @Nullable List<Completion> completions)
            throws Exception {
        var answers = new ArrayList<String>();
        try (var model = LlamaModels.load(target, options);
                var predictor = model.newPredictor()) {
            for (GenerationRequest request : REQUESTS) {
                try (var stream = predictor.predict(request)) {
                    answers.add(stream.rest());
                    if (completions != null) {
                        completions.add(stream.completion());
                    }
                }
            }
        }
        return answers;
    }
}
