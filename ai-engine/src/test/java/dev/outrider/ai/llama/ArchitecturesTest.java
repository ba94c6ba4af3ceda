package dev.outrider.ai.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.llama.foreign.ContextCalls;
import dev.outrider.ai.llama.foreign.Layouts;
import dev.outrider.ai.llama.foreign.ModelCalls;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.SyntheticModel;
import dev.outrider.ai.testing.SyntheticModel.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The engine beside the plainest use of the library that there is, a token at a time through {@code
 * llama_decode}, on networks of every kind.
 */
final class ArchitecturesTest {
    private static final String PROMPT = "the robot and the inner hand, on 3 wheels: ¿qué?";
    private static final int TOKENS = 24;
    private static final LlamaOptions OPTIONS =
            LlamaOptions.defaults().withContextTokens(512).withThreads(1);

    @TempDir Path folder;

    @BeforeEach
    void needsTheLibrary() {
        Natives.assumeLlama();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void splitsTextAsTheLibraryDoes(Kind kind) throws IOException {
        var file = write(kind);
        try (var plain = new Plain(file);
                var model = NativeModel.load(ModelHeader.read(file), OPTIONS)) {
            int[] tokens = model.tokenize(PROMPT, true, true);

            assertThat(tokens).isEqualTo(plain.tokenize(PROMPT));
            assertThat(tokens.length)
                    .isBetween(5, PROMPT.getBytes(StandardCharsets.UTF_8).length + 2);
            assertThat(text(model, tokens).strip()).isEqualTo(PROMPT);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void saysWhatThePlainUseOfTheLibrarySays(Kind kind) throws Exception {
        var file = write(kind);
        List<Integer> expected = new ArrayList<>();
        String text;
        try (var plain = new Plain(file)) {
            var logits = plain.logits(plain.tokenize(PROMPT));
            for (int i = 0; i < TOKENS; i++) {
                int likeliest = likeliest(logits);
                expected.add(likeliest);
                logits = plain.logits(likeliest);
            }
            assertThat(expected.stream().distinct().count()).as("%s", expected).isGreaterThan(3);
            try (var model = NativeModel.load(ModelHeader.read(file), OPTIONS)) {
                text = text(model, expected.stream().mapToInt(i -> i).toArray());
            }
        }

        try (var model = LlamaModels.load(file, OPTIONS);
                var predictor = model.newPredictor();
                var stream = predictor.predict(GenerationRequest.of(PROMPT, TOKENS))) {
            assertThat(stream.rest().strip()).isEqualTo(text.strip());
            assertThat(stream.completion().generatedTokens()).isEqualTo(TOKENS);
        }
    }

    /** In one batch and token by token alike, as far as the order of additions lets them be. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void weighsEveryTokenAsThePlainUseOfTheLibraryDoes(Kind kind) throws IOException {
        var file = write(kind);
        try (var plain = new Plain(file);
                var model = NativeModel.load(ModelHeader.read(file), OPTIONS);
                var context =
                        new NativeContext(model, new Adapters(List.of(), List.of()), OPTIONS)) {
            int[] tokens = model.tokenize(PROMPT, true, true);
            for (int i = 0; i < tokens.length; i++) {
                context.batch().add(tokens[i], i, 0, i == tokens.length - 1);
            }
            assertThat(context.decode()).isEqualTo(NativeContext.Decoded.DONE);
            float[] engine = context.logits(tokens.length - 1).toArray(JAVA_FLOAT);

            assertThat(engine).isEqualTo(plain.logits(tokens));
            float[] oneByOne = plain.anew().logitsOneByOne(tokens);
            for (int i = 0; i < engine.length; i++) {
                assertThat(engine[i]).isCloseTo(oneByOne[i], Offset.offset(0.05f));
            }
        }
    }

    private Path write(Kind kind) throws IOException {
        return SyntheticModel.small(kind).write(folder.resolve("model.gguf"));
    }

    private static String text(NativeModel model, int... tokens) {
        var bytes = new ByteArrayOutputStream();
        Arrays.stream(tokens).mapToObj(model::piece).forEach(bytes::writeBytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    /** Nothing but direct calls, with the library's own defaults. */
    private static final class Plain implements AutoCloseable {
        private final Arena arena = Arena.ofConfined();
        private final MemorySegment model;
        private final MemorySegment vocabulary;
        private MemorySegment context;
        private int position;

        Plain(Path file) {
            model =
                    ModelCalls.load(
                            arena.allocateFrom(file.toString()), ModelCalls.defaultParams(arena));
            assertThat(model.address()).isNotZero();
            vocabulary = ModelCalls.vocabulary(model);
            context = context();
        }

        private MemorySegment context() {
            var params = ContextCalls.defaultParams(arena);
            Layouts.set(Layouts.CONTEXT_PARAMS, params, "n_ctx", 512);
            Layouts.set(Layouts.CONTEXT_PARAMS, params, "n_threads", 1);
            Layouts.set(Layouts.CONTEXT_PARAMS, params, "n_threads_batch", 1);
            return ContextCalls.create(model, params);
        }

        Plain anew() {
            ContextCalls.free(context);
            context = context();
            position = 0;
            return this;
        }

        int[] tokenize(String text) {
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            var tokens = arena.allocate(JAVA_INT, 256);
            int count =
                    ModelCalls.tokenize(
                            vocabulary, arena.allocateFrom(text), length, tokens, 256, true, true);
            return tokens.asSlice(0, 4L * count).toArray(JAVA_INT);
        }

        float[] logitsOneByOne(int... tokens) {
            var logits = new float[0];
            for (int token : tokens) {
                logits = logits(token);
            }
            return logits;
        }

        float[] logits(int... tokens) {
            int count = tokens.length;
            var batch = arena.allocate(Layouts.BATCH);
            var positions = arena.allocate(JAVA_INT, count);
            var outputs = arena.allocate(JAVA_BYTE, count);
            var counts = arena.allocate(JAVA_INT, count);
            var sequences = arena.allocate(ADDRESS, count);
            for (int i = 0; i < count; i++) {
                positions.setAtIndex(JAVA_INT, i, position++);
                counts.setAtIndex(JAVA_INT, i, 1);
                sequences.setAtIndex(ADDRESS, i, arena.allocate(JAVA_INT));
            }
            outputs.set(JAVA_BYTE, count - 1, (byte) 1);
            Layouts.set(Layouts.BATCH, batch, "n_tokens", count);
            Layouts.set(Layouts.BATCH, batch, "token", arena.allocateFrom(JAVA_INT, tokens));
            Layouts.set(Layouts.BATCH, batch, "pos", positions);
            Layouts.set(Layouts.BATCH, batch, "n_seq_id", counts);
            Layouts.set(Layouts.BATCH, batch, "seq_id", sequences);
            Layouts.set(Layouts.BATCH, batch, "logits", outputs);
            assertThat(ContextCalls.decode(context, batch)).isZero();
            return ContextCalls.logits(context, count - 1)
                    .reinterpret(4L * ModelCalls.vocabularySize(vocabulary))
                    .toArray(JAVA_FLOAT);
        }

        @Override
        public void close() {
            ContextCalls.free(context);
            ModelCalls.free(model);
            arena.close();
        }
    }
}
