package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddingTest {
    @TempDir Path folder;
    private ZooModel<GenerationRequest, TokenStream> model;
    private Predictor<EmbeddingRequest, float[]> embeddings;

    @BeforeEach
    void load() throws IOException {
        Natives.assumeLlama();
        var file = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        var options = LlamaOptions.defaults().withContextTokens(256).withThreads(1);
        model = LlamaModels.load(file, options);
        embeddings = LlamaModels.embeddings(model);
    }

    @AfterEach
    void close() {
        if (model != null) {
            embeddings.close();
            model.close();
        }
    }

    @Test
    void givesVectorsOfLengthOne() throws TranslateException {
        var vector = embed("the red cup");

        assertThat(vector).hasSize(64);
        assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-5));
    }

    @Test
    void givesTheSameVectorForTheSameText() throws TranslateException {
        var first = embed("the red cup");
        embed("battery level low");

        assertThat(embed("the red cup")).isEqualTo(first);
    }

    @Test
    void tellsTextsApart() throws TranslateException {
        assertThat(cosine(embed("the red cup"), embed("the red cups")))
                .isGreaterThan(cosine(embed("the red cup"), embed("battery level low")));
    }

    @Test
    void refusesATextLongerThanTheContext() {
        assertThatThrownBy(() -> embed("word ".repeat(400)))
                .rootCause()
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("tokens, the context only 256");
    }

    @Test
    void worksWhileTheModelAnswers() throws TranslateException {
        try (var predictor = model.newPredictor();
                var stream = predictor.predict(GenerationRequest.of("go on", 100))) {
            assertThat(embed("meanwhile")).hasSize(64);
            stream.rest();
            assertThat(stream.completion().generatedTokens()).isEqualTo(100);
        }
    }

    private float[] embed(String text) throws TranslateException {
        return embeddings.predict(new EmbeddingRequest(text));
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
        }
        return product;
    }
}
