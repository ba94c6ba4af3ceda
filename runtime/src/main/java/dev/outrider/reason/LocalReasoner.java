package dev.outrider.reason;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.outrider.ai.llama.GenerationRequest;
import dev.outrider.ai.llama.Grammar;
import dev.outrider.ai.llama.LlamaException;
import dev.outrider.ai.llama.LlamaModels;
import dev.outrider.ai.llama.LlamaOptions;
import dev.outrider.ai.llama.TokenStream;
import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.Reasoner;
import dev.outrider.kernel.ReasoningFailure;
import dev.outrider.model.Action;
import dev.outrider.model.Readiness;
import dev.outrider.model.Rung;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A GGUF model on the robot, through the DJL engine "Llama". It can say nothing but a plan: the
 * grammar is made from the capabilities it is asked about.
 */
public final class LocalReasoner implements Reasoner, AutoCloseable {

    private static final int MAX_TOKENS = 512;

    private final String name;
    private final ZooModel<GenerationRequest, TokenStream> model;

    private LocalReasoner(String name, ZooModel<GenerationRequest, TokenStream> model) {
        this.name = name;
        this.model = model;
    }

    /**
     * Loads a model.
     *
     * @throws LlamaException if it cannot be loaded; among them, that it was trained for less
     *     context than is promised
     */
    public static LocalReasoner load(String name, Path file, LlamaOptions options) {
        return new LocalReasoner(name, LlamaModels.load(file, options));
    }

    @Override
    public Rung rung() {
        return Rung.LOCAL;
    }

    @Override
    public String model() {
        return name;
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Ready();
    }

    @Override
    public Thought think(Question question, Consumer<Action> decided, Cancellation cancellation) {
        PlanReader plan = new PlanReader(decided);
        try (Predictor<GenerationRequest, TokenStream> predictor = model.newPredictor();
                TokenStream tokens = predictor.predict(request(question))) {
            cancellation.onRequest(tokens::close);
            read(tokens, question, plan);
            return plan.thought();
        } catch (TranslateException | LlamaException e) {
            throw ReasoningFailure.broke("the local model failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        model.close();
    }

    private static void read(TokenStream tokens, Question question, PlanReader plan) {
        if (!question.already().isEmpty()) {
            plan.feed("[");
        }
        while (!plan.complete() && tokens.hasNext()) {
            plan.feed(tokens.next());
        }
    }

    private static GenerationRequest request(Question question) {
        String grammar =
                PlanGrammar.of(
                        question.capabilities(),
                        !question.already().isEmpty(),
                        Prompt.speaksOfBattery(question.text()));
        Duration limit =
                question.timeLeft().isPositive() ? question.timeLeft() : Duration.ofMillis(1);
        return GenerationRequest.of(Prompt.completion(question), MAX_TOKENS)
                .withGrammar(Grammar.gbnf(grammar))
                .withTimeLimit(limit);
    }
}
