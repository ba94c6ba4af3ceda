package dev.outrider.ai.llama;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import dev.outrider.ai.DjlOffline;
import java.io.IOException;
import java.nio.file.Path;

/** The short way to a model; the same as spelling out DJL's criteria. */
public final class LlamaModels {
    private LlamaModels() {}

    /**
     * Loads a model. Make one predictor per thread from it; close it to free its memory.
     *
     * @throws LlamaException if the library is unavailable or refuses the file
     * @throws ContextTooLargeException if the options ask for more context than it was trained for
     */
    public static ZooModel<GenerationRequest, TokenStream> load(Path file, LlamaOptions options) {
        DjlOffline.keep();
        var criteria =
                Criteria.builder()
                        .setTypes(GenerationRequest.class, TokenStream.class)
                        .optEngine(Llama.ENGINE)
                        .optModelPath(file)
                        .optTranslatorFactory(new LlamaTranslatorFactory());
        options.toMap().forEach(criteria::optOption);
        try {
            return criteria.build().loadModel();
        } catch (IOException | ModelNotFoundException | MalformedModelException e) {
            throw new LlamaException("could not load " + file + ": " + e.getMessage(), e);
        }
    }

    /** A predictor that answers conversations with a loaded model; one per thread. */
    public static Predictor<ChatRequest, TokenStream> chat(ZooModel<?, ?> model) {
        return model.newPredictor(
                LlamaTranslatorFactory.translator(ChatRequest.class, TokenStream.class));
    }

    /** A predictor that learns the beginnings of prompts; one per thread. */
    public static Predictor<PrefixRequest, Prefix> prefixes(ZooModel<?, ?> model) {
        return model.newPredictor(
                LlamaTranslatorFactory.translator(PrefixRequest.class, Prefix.class));
    }

    /** A predictor that gives embeddings by a loaded model; one per thread. */
    public static Predictor<EmbeddingRequest, float[]> embeddings(ZooModel<?, ?> model) {
        return model.newPredictor(
                LlamaTranslatorFactory.translator(EmbeddingRequest.class, float[].class));
    }
}
