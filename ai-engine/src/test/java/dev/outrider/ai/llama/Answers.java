package dev.outrider.ai.llama;

import ai.djl.translate.TranslateException;
import java.nio.file.Path;

/** What a model says, loaded for this one answer. */
final class Answers {
    private Answers() {}

    static String of(Path file, LlamaOptions options, GenerationRequest request)
            throws TranslateException {
        try (var model = LlamaModels.load(file, options);
                var predictor = model.newPredictor();
                var stream = predictor.predict(request)) {
            return stream.rest();
        }
    }
}
