package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConversationTest {
    private static final int CONTEXT = 256;

    @TempDir Path folder;
    private Conversation conversation;

    @BeforeEach
    void open() throws IOException {
        Natives.assumeLlama();
        var file = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        var load = LlamaOptions.defaults().withContextTokens(CONTEXT).withThreads(1);
        conversation = Conversation.open(file, load, AnswerOptions.of(5));
    }

    @AfterEach
    void close() {
        if (conversation != null) {
            conversation.close();
        }
    }

    @Test
    void remembersWhatWasSaidBefore() {
        var pieces = new StringBuilder();
        var first = conversation.ask("hello", pieces::append).completion();
        var second = conversation.ask("hello", piece -> {}).completion();

        assertThat(pieces).isNotEmpty();
        assertThat(second.promptTokens())
                .isGreaterThan(first.promptTokens() + first.generatedTokens());
        assertThat(second.reusedTokens()).isGreaterThan(0);
    }

    @Test
    void startsAfreshWhenAsked() {
        var first = conversation.ask("hello", piece -> {}).completion();
        conversation.restart();

        var again = conversation.ask("hello", piece -> {}).completion();

        assertThat(again.promptTokens()).isEqualTo(first.promptTokens());
    }

    @Test
    void forgetsWhatCouldNotBeAnswered() {
        assertThatThrownBy(() -> conversation.ask("!".repeat(2 * CONTEXT), piece -> {}))
                .isInstanceOf(LlamaException.class)
                .hasMessageStartingWith("the prompt has")
                .hasMessageContaining("the context only 256");

        assertThat(conversation.ask("hello", piece -> {}).completion().generatedTokens())
                .isEqualTo(5);
    }

    @Test
    void countsTokensASecondAfterTheFirst() {
        var done = new Completion(FinishReason.STOP, 10, 0, 21, 0, 0, 1);
        var answer = new Conversation.Answer(done, Duration.ofSeconds(3), Duration.ofSeconds(2));
        var single = new Completion(FinishReason.STOP, 10, 0, 1, 0, 0, 1);

        assertThat(answer.tokensPerSecond()).hasValue(10);
        assertThat(new Conversation.Answer(single, Duration.ZERO, Duration.ZERO).tokensPerSecond())
                .isEmpty();
    }
}
