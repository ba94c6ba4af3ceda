package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrefixTest {
    private static final String RULES = "you are a robot and these are your rules ".repeat(5);
    private static final LlamaOptions OPTIONS =
            LlamaOptions.defaults().withContextTokens(512).withThreads(1);

    @TempDir Path folder;
    private Path file;
    private Path kept;

    @BeforeEach
    void write() throws IOException {
        Natives.assumeLlama();
        file = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        kept = folder.resolve("kept");
    }

    @Test
    void knowsABeginningAgainAfterARestart() throws Exception {
        var computed = learnAndAnswer(OPTIONS);
        var read = learnAndAnswer(OPTIONS);

        assertThat(computed.prefix.origin()).isEqualTo(Prefix.Origin.COMPUTED);
        assertThat(read.prefix).isEqualTo(new Prefix(computed.prefix.tokens(), Prefix.Origin.READ));
        assertThat(read.text).isEqualTo(computed.text);
        assertThat(read.reused).isEqualTo(computed.reused).isGreaterThan(50);
    }

    @Test
    void computesAgainWhatWasDamaged() throws Exception {
        learnAndAnswer(OPTIONS);
        for (Path path : files(".prefix")) {
            var bytes = Files.readAllBytes(path);
            bytes[bytes.length / 2] ^= 1;
            Files.write(path, bytes);
        }

        assertThat(learnAndAnswer(OPTIONS).prefix.origin()).isEqualTo(Prefix.Origin.COMPUTED);
        assertThat(learnAndAnswer(OPTIONS).prefix.origin()).isEqualTo(Prefix.Origin.READ);
    }

    @Test
    void keepsTheBeginningsOfDifferentModelsApart() throws Exception {
        learnAndAnswer(OPTIONS);
        TinyModel.standard().withSeed(2).write(file);

        assertThat(learnAndAnswer(OPTIONS).prefix.origin()).isEqualTo(Prefix.Origin.COMPUTED);
        assertThat(files(".prefix")).hasSize(2);
        assertThat(files(".unfinished")).isEmpty();
    }

    @Test
    void readsIntoOneOfSeveralSlotsWhileAnotherAnswers() throws Exception {
        learnAndAnswer(OPTIONS);
        try (var model = LlamaModels.load(file, OPTIONS.withSequences(2));
                var predictor = model.newPredictor();
                var prefixes = LlamaModels.prefixes(model);
                var running = predictor.predict(GenerationRequest.of("go on", 200))) {
            running.next();

            assertThat(prefixes.predict(request()).origin()).isEqualTo(Prefix.Origin.READ);

            running.rest();
            assertThat(running.completion().generatedTokens()).isEqualTo(200);
        }
    }

    @Test
    void makesRoomForWhatItReads() throws Exception {
        learnAndAnswer(OPTIONS);
        var small = OPTIONS.withContextTokens(256).withSequences(2);
        try (var model = LlamaModels.load(file, small);
                var predictor = model.newPredictor();
                var prefixes = LlamaModels.prefixes(model)) {
            for (String other : List.of("first", "second")) {
                try (var stream = predictor.predict(GenerationRequest.of(other, 120))) {
                    stream.rest();
                }
            }

            assertThat(prefixes.predict(request()).origin()).isEqualTo(Prefix.Origin.READ);
        }
    }

    private record Outcome(Prefix prefix, String text, int reused) {}

    private Outcome learnAndAnswer(LlamaOptions options) throws Exception {
        try (var model = LlamaModels.load(file, options);
                var prefixes = LlamaModels.prefixes(model);
                var predictor = model.newPredictor()) {
            var prefix = prefixes.predict(request());
            try (var stream = predictor.predict(GenerationRequest.of(RULES + "turn", 12))) {
                var text = stream.rest();
                return new Outcome(prefix, text, stream.completion().reusedTokens());
            }
        }
    }

    private PrefixRequest request() {
        return new PrefixRequest(GenerationRequest.of(RULES, 1), kept);
    }

    private List<Path> files(String ending) throws IOException {
        try (var paths = Files.list(kept)) {
            return paths.filter(path -> path.toString().endsWith(ending)).toList();
        }
    }
}
