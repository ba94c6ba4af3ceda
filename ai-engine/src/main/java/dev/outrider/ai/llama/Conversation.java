package dev.outrider.ai.llama;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.outrider.ai.chat.ChatMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** A conversation with a model of its own, remembered from turn to turn. For one thread. */
public final class Conversation implements AutoCloseable {
    private final ZooModel<GenerationRequest, TokenStream> model;
    private final Predictor<ChatRequest, TokenStream> predictor;
    private final AnswerOptions options;
    private final List<ChatMessage> messages = new ArrayList<>();

    /**
     * How an answer came.
     *
     * @param first time from asking to the first piece
     * @param rest time from the first piece to the end
     */
    public record Answer(Completion completion, Duration first, Duration rest) {
        /** Tokens a second after the first piece; empty for answers of a single token. */
        public OptionalDouble tokensPerSecond() {
            int later = completion.generatedTokens() - 1;
            return later < 1 || rest.isZero()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(later * 1e9 / rest.toNanos());
        }
    }

    private Conversation(ZooModel<GenerationRequest, TokenStream> model, AnswerOptions options) {
        this.model = model;
        this.options = options;
        predictor = LlamaModels.chat(model);
    }

    /**
     * Loads a model and begins.
     *
     * @throws LlamaException if it cannot be loaded
     */
    public static Conversation open(Path file, LlamaOptions load, AnswerOptions options) {
        return new Conversation(LlamaModels.load(file, load), options);
    }

    /**
     * Says something and waits for the whole answer.
     *
     * @param piece given the answer as it comes
     * @throws LlamaException if there is no answer; what was said is then forgotten
     */
    public Answer ask(String said, Consumer<String> piece) {
        messages.add(ChatMessage.user(said));
        var text = new StringBuilder();
        try {
            var answer = answer(piece.andThen(text::append));
            messages.add(ChatMessage.assistant(text.toString()));
            return answer;
        } catch (TranslateException e) {
            messages.removeLast();
            throw e.getCause() instanceof LlamaException refusal
                    ? refusal
                    : new LlamaException("the model failed: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            messages.removeLast();
            throw e;
        }
    }

    private Answer answer(Consumer<String> piece) throws TranslateException {
        long asked = System.nanoTime();
        try (var stream = predictor.predict(new ChatRequest(messages, List.of(), options))) {
            var opening = stream.hasNext() ? stream.next() : "";
            long begun = System.nanoTime();
            piece.accept(opening);
            stream.forEachRemaining(piece);
            return new Answer(
                    stream.completion(),
                    Duration.ofNanos(begun - asked),
                    Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /** Forgets what was said. */
    public void restart() {
        messages.clear();
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }
}
