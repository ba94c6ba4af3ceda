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
import dev.outrider.ai.scout.ScoutModel;
import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.Reasoner;
import dev.outrider.kernel.ReasoningFailure;
import dev.outrider.model.Action;
import dev.outrider.model.Plan;
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
    private final PlanForm form;
    private final ZooModel<GenerationRequest, TokenStream> model;

    private LocalReasoner(
            String name, PlanForm form, ZooModel<GenerationRequest, TokenStream> model) {
        this.name = name;
        this.form = form;
        this.model = model;
    }

    /**
     * Loads a model.
     *
     * @throws LlamaException if it cannot be loaded; among them, that it was trained for less
     *     context than is promised
     */
    public static LocalReasoner load(String name, Path file, LlamaOptions options) {
        return new LocalReasoner(name, PlanForm.examples(), LlamaModels.load(file, options));
    }

    /**
     * Loads Scout, the built-in model.
     *
     * @param base the file of {@link ScoutModel#BASE}
     * @param options {@link ScoutModel#options}, with the threads of the caller's choice
     * @throws LlamaException if it cannot be loaded
     */
    public static LocalReasoner scout(Path base, LlamaOptions options) {
        return new LocalReasoner(
                ScoutModel.NAME, PlanForm.scout(), LlamaModels.load(base, options));
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
        PlanForm.Reader plan = form.reader(question, decided);
        try (Predictor<GenerationRequest, TokenStream> predictor = model.newPredictor();
                TokenStream tokens = predictor.predict(request(question))) {
            cancellation.onRequest(tokens::close);
            while (!plan.complete() && tokens.hasNext()) {
                plan.feed(tokens.next());
            }
            Thought thought = plan.thought();
            return thought instanceof Thought.Planned(Plan written, double untold)
                            && !plan.complete()
                    ? new Thought.Planned(written, tokens.completion().certainty())
                    : thought;
        } catch (TranslateException | LlamaException e) {
            throw ReasoningFailure.broke("the local model failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        model.close();
    }

    /** Reads the constant part of a robot's questions, so that the first answer is as quick. */
    public void warm(Question any) {
        try {
            think(any, action -> {}, new Cancellation());
        } catch (ReasoningFailure | IllegalStateException e) {
            // The model is none the worse: it was closed meanwhile, or the plan made no sense.
            System.getLogger(LocalReasoner.class.getName())
                    .log(System.Logger.Level.DEBUG, "warming up", e);
        }
    }

    private GenerationRequest request(Question question) {
        Duration limit =
                question.timeLeft().isPositive() ? question.timeLeft() : Duration.ofMillis(1);
        return GenerationRequest.of(form.prompt(question), MAX_TOKENS)
                .withGrammar(Grammar.gbnf(form.grammar(question)))
                .withTimeLimit(limit);
    }
}
