package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.OnnxModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Text encoders with their weights; skipped where they cannot be fetched. */
@Tag("real-model")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TextEmbedderTest {
    private TextEmbedder embedder;

    @BeforeAll
    void open() {
        Natives.assumeOpenVino();
        embedder =
                TextEmbedder.open(
                        Natives.assumeFile(TextEmbedder.MODEL),
                        Natives.assumeFile(TextEmbedder.TOKENIZER),
                        Devices.CPU);
    }

    @AfterAll
    void close() {
        if (embedder != null) {
            embedder.close();
        }
    }

    @Test
    void likeMeaningsAreNearAndOthersFar() {
        assertThat(embedder.likeness("drive forward two meters", "move ahead by 2 m"))
                .isGreaterThan(0.5);
        assertThat(
                        embedder.likeness(
                                "the battery is almost empty", "please recharge, power is low"))
                .isGreaterThan(0.45);
        assertThat(
                        embedder.likeness(
                                "drive forward two meters", "the soup tastes good with pepper"))
                .isLessThan(0.2);
    }

    @Test
    void vectorsHaveLengthOneHoweverLongTheText() {
        var vector = embedder.embed("go on and on ".repeat(1000));
        double square = 0;
        for (float value : vector) {
            square += value * value;
        }

        assertThat(vector).hasSize(384);
        assertThat(square).isBetween(0.999, 1.001);
    }

    @ParameterizedTest
    @EnumSource(TextEmbedder.Kind.class)
    void findsThePassageThatAnswersAQuestion(TextEmbedder.Kind kind) {
        try (var embedder =
                TextEmbedder.open(
                        kind,
                        Natives.assumeFile(kind.model()),
                        Natives.assumeFile(kind.tokenizer()),
                        Devices.CPU)) {
            var question = embedder.embedQuery("How do I stop the robot in an emergency?");

            double answer =
                    product(
                            question,
                            embedder.embedPassage(
                                    "Press the red button; all motors are then without power."));
            double other =
                    product(
                            question,
                            embedder.embedPassage(
                                    "The kitchen serves soup and bread from noon to two."));

            assertThat(answer).isGreaterThan(other + 0.05);
        }
    }

    @Test
    void eightBitsMeanNearlyTheSame() {
        var text = "The robot waits at dock seven until its battery is full.";
        var vectors = new ArrayList<float[]>();
        for (var kind : List.of(TextEmbedder.Kind.E5, TextEmbedder.Kind.E5_SMALLER)) {
            try (var e5 =
                    TextEmbedder.open(
                            kind,
                            Natives.assumeFile(kind.model()),
                            Natives.assumeFile(kind.tokenizer()),
                            Devices.CPU)) {
                vectors.add(e5.embedPassage(text));
            }
        }

        assertThat(product(vectors.get(0), vectors.get(1))).isGreaterThan(0.98);
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return sum;
    }

    @Test
    void refusesAModelOrTokenizerOfAnotherKind(@TempDir Path folder) throws Exception {
        var other = Files.write(folder.resolve("a.onnx"), OnnxModel.doubling());
        var tokenizer = Natives.assumeFile(TextEmbedder.TOKENIZER);

        assertThatThrownBy(() -> TextEmbedder.open(other, tokenizer, Devices.CPU))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("is no text encoder: its inputs are [x]");
        var model = Natives.assumeFile(TextEmbedder.MODEL);
        assertThatThrownBy(() -> TextEmbedder.open(model, other, Devices.CPU))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("the tokenizer");
    }
}
