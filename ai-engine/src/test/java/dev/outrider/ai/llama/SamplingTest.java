package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.outrider.ai.llama.Sampling.Extra;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SamplingTest {
    private static final Grammar LETTERS = Grammar.gbnf("root ::= [a-z ]{40}");

    private ZooModel<GenerationRequest, TokenStream> model;

    @BeforeAll
    void load(@TempDir Path folder) throws IOException {
        Natives.assumeLlama();
        var file = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        model =
                LlamaModels.load(
                        file, LlamaOptions.defaults().withContextTokens(512).withThreads(1));
    }

    @AfterAll
    void close() {
        if (model != null) {
            model.close();
        }
    }

    @Test
    void hasLlamaCppsDefaults() {
        assertThat(Sampling.standard(7))
                .isEqualTo(new Sampling(0.8f, 40, 0.95f, 0.05f, 7, List.of()));
    }

    @Test
    void takesLlamaCppsNames() {
        var sampling =
                Sampling.of(
                        Map.of(
                                "temp",
                                0.5,
                                "top_k",
                                5,
                                "penalty_repeat",
                                1.1,
                                "mirostat",
                                2,
                                "dry_multiplier",
                                0.8,
                                "xtc_probability",
                                0.5,
                                "typ_p",
                                0.9,
                                "dynatemp_range",
                                0.2,
                                "top_n_sigma",
                                1));

        assertThat(sampling.temperature()).isEqualTo(0.5f);
        assertThat(sampling.topK()).isEqualTo(5);
        assertThat(sampling.extras())
                .containsExactly(
                        new Extra.Penalties(64, 1.1f, 0, 0),
                        new Extra.Dry(0.8f, 1.75f, 2, 64, List.of("\n", ":", "\"", "*")),
                        new Extra.TopNSigma(1),
                        new Extra.Typical(0.9f),
                        new Extra.Xtc(0.5f, 0.1f),
                        new Extra.DynamicTemperature(0.2f, 1),
                        new Extra.Mirostat(2, 5, 0.1f));
    }

    @ParameterizedTest
    @CsvSource({
        "temp, -1",
        "temp, NaN",
        "top_k, -1",
        "top_p, 0",
        "min_p, 1",
        "penalty_repeat, 0",
        "penalty_freq, Infinity",
        "typ_p, 0",
        "dry_multiplier, Infinity",
        "xtc_probability, 2",
        "mirostat, 3",
        "adaptive_target, 5",
        "temperature, 1"
    })
    void refusesNonsense(String key, double value) {
        assertThatThrownBy(() -> Sampling.of(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }

    @Test
    void refusesTheSameKindTwice() {
        var once = Sampling.greedy().with(new Extra.Typical(0.5f));

        assertThatThrownBy(() -> once.with(new Extra.Typical(0.6f)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static Stream<Extra> extras() {
        return Stream.of(
                new Extra.Penalties(64, 1.5f, 0.5f, 0.5f),
                new Extra.Dry(2, 1.75f, 2, 64, List.of("\n", "*")),
                new Extra.Dry(2, 1.75f, 1, 64, List.of()),
                new Extra.TopNSigma(1),
                new Extra.Typical(0.5f),
                new Extra.Xtc(1, 0.0001f),
                new Extra.DynamicTemperature(0.9f, 1),
                new Extra.Mirostat(1, 3, 0.1f),
                new Extra.Mirostat(2, 3, 0.1f),
                new Extra.AdaptiveP(0.01f, 0.9f),
                new Extra.Bias(Map.of("e", -3f, "robot", 2f)));
    }

    @ParameterizedTest
    @MethodSource("extras")
    void obeysTheGrammarWithEverySampler(Extra extra) throws TranslateException {
        var sampling = Sampling.random(1.2f, 5).with(extra);

        assertThat(say(sampling, LETTERS)).matches("[a-z ]{40}");
    }

    @ParameterizedTest
    @MethodSource("extras")
    void repeatsItselfForTheSameSeedWithEverySampler(Extra extra) throws TranslateException {
        var sampling = Sampling.random(1.2f, 5).with(extra);

        assertThat(say(sampling, Grammar.free())).isEqualTo(say(sampling, Grammar.free()));
    }

    @Test
    void neverSaysWhatIsForbidden() throws TranslateException {
        var plain = say(Sampling.greedy(), Grammar.free());
        var word = Pattern.compile(" ([a-z]{2,6})").matcher(plain);
        assertThat(word.find()).isTrue();
        var bias = new Extra.Bias(Map.of(word.group(1), Float.NEGATIVE_INFINITY));

        assertThat(say(Sampling.greedy().with(bias), Grammar.free()))
                .isNotEqualTo(plain)
                .startsWith(plain.substring(0, word.start()))
                .doesNotStartWith(plain.substring(0, word.end()));
    }

    @Test
    void saysWhatIsMadeLikelyEnough() throws TranslateException {
        var bias = new Extra.Bias(Map.of("Q", 100f));

        assertThat(say(Sampling.random(1, 4).with(bias), LETTERS)).matches("[a-z ]{40}");
        assertThat(say(Sampling.random(1, 4).with(bias), Grammar.free())).contains("QQQQ");
    }

    @Test
    void repeatsItselfLessWithPenalties() throws TranslateException {
        var digits = Grammar.gbnf("root ::= [0-9]{10}");
        var penalty = new Extra.Penalties(64, 1, 100, 100);

        assertThat(say(Sampling.greedy().with(penalty), digits).chars().distinct().count())
                .isGreaterThan(say(Sampling.greedy(), digits).chars().distinct().count());
    }

    private String say(Sampling sampling, Grammar grammar) throws TranslateException {
        var request = GenerationRequest.of("x", 50).withSampling(sampling).withGrammar(grammar);
        try (var predictor = model.newPredictor();
                var stream = predictor.predict(request)) {
            return stream.rest();
        }
    }
}
