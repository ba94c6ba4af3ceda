package dev.outrider.ai.llama;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** A model to be measured, asked through the engine's public face. For one thread. */
final class BenchModel implements AutoCloseable {
    static final String STORY = "Once upon a time there was a little robot who";
    private static final String WORDS =
            "the robot drives through the kitchen and stops before the door while a person walks by"
                    + " and says hello to everybody in the house ";

    private final ZooModel<GenerationRequest, TokenStream> model;
    private final Predictor<GenerationRequest, TokenStream> predictor;
    private int nonce;
    private int tokensOfWords;

    BenchModel(Path file, LlamaOptions options) {
        model = LlamaModels.load(file, options);
        predictor = model.newPredictor();
    }

    ZooModel<?, ?> model() {
        return model;
    }

    /**
     * A text of about so many tokens that begins as none before it: nothing is remembered of it.
     */
    String fresh(int tokens) {
        if (tokensOfWords == 0) {
            tokensOfWords = answer(GenerationRequest.of(WORDS, 1)).promptTokens();
        }
        return String.format(Locale.ROOT, "%04d: ", ++nonce)
                + words(Math.round((float) tokens / tokensOfWords));
    }

    static String words(int times) {
        return WORDS.repeat(Math.max(1, times));
    }

    TokenStream predict(GenerationRequest request) {
        try {
            return predictor.predict(request);
        } catch (TranslateException e) {
            throw new LlamaException(String.valueOf(e.getMessage()), e);
        }
    }

    Completion answer(GenerationRequest request) {
        try (var stream = predict(request)) {
            stream.rest();
            return stream.completion();
        }
    }

    /** Goes on with a text, timed from the first token on. */
    CPeer.Timing generate(String text, int tokens) {
        try (var stream = predict(GenerationRequest.of(text, tokens))) {
            var said = new StringBuilder(stream.next());
            long begun = System.nanoTime();
            said.append(stream.rest());
            double seconds = (System.nanoTime() - begun) / 1e9;
            int generated = stream.completion().generatedTokens();
            return new CPeer.Timing(generated - 1, seconds, fingerprint(said.toString()));
        }
    }

    /** FNV-1a, as the C program makes it of the same bytes. */
    private static String fingerprint(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return String.format(Locale.ROOT, "%016x", hash);
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }
}
