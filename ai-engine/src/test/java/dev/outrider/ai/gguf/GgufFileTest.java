package dev.outrider.ai.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.testing.HostileModels;
import dev.outrider.ai.testing.TinyModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GgufFileTest {
    private static final int TENSOR_COUNT = 8;
    private static final int ENTRY_COUNT = 16;
    private static final int FIRST_KEY_LENGTH = 24;

    @TempDir Path folder;
    private Path model;
    private byte[] sound;

    @BeforeEach
    void writeModel() throws IOException {
        model = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        sound = Files.readAllBytes(model);
    }

    @Test
    void readsWhatTheWriterWrote() {
        var file = GgufFile.read(model);

        assertThat(file.version()).isEqualTo(3);
        assertThat(file.architecture()).hasValue("llama");
        assertThat(file.trainedContext()).hasValue(2048);
        assertThat(file.chatTemplate()).hasValue(TinyModel.CHAT_TEMPLATE);
        assertThat(file.metadata().get("tokenizer.ggml.tokens"))
                .isEqualTo(new GgufValue.Array(1024));
        assertThat(file.metadata().get("tokenizer.ggml.add_bos_token"))
                .isEqualTo(new GgufValue.Flag(true));
        assertThat(file.metadata().get("llama.rope.freq_base"))
                .isEqualTo(new GgufValue.Real(10000));
        assertThat(file.tensors()).hasSize(3 + 2 * 9);
        assertThat(file.tensors().getFirst())
                .isEqualTo(new TensorDescriptor("token_embd.weight", List.of(64L, 1024L), 0, 0));
    }

    @Test
    void readsVersionTwo() throws IOException {
        overwrite(4, 2);

        assertThat(GgufFile.read(model).version()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void refusesOtherVersions(int version) throws IOException {
        overwrite(4, version);

        assertRefused("format version " + version);
    }

    @Test
    void refusesAFileThatIsSomethingElse() throws IOException {
        Files.writeString(model, "PK: surely not a model");

        assertRefused("does not begin with the letters GGUF");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Files.write(model, new byte[0]);

        assertRefused("does not begin with the letters GGUF");
    }

    @Test
    void namesAMissingFile() {
        assertThatThrownBy(() -> GgufFile.read(folder.resolve("none.gguf")))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("none.gguf");
    }

    @Test
    void refusesAFileCutAnywhere() throws IOException {
        int step = sound.length / 97;
        for (int length = 0; length < sound.length - 1; length += step) {
            Files.write(model, Arrays.copyOf(sound, length));

            assertThatThrownBy(() -> GgufFile.read(model)).isInstanceOf(GgufException.class);
        }
    }

    @Test
    void refusesMoreTensorsThanTheFileCouldHold() throws IOException {
        overwrite(TENSOR_COUNT, Long.MAX_VALUE);

        assertRefused("number of tensors");
    }

    @Test
    void refusesMoreMetadataThanTheFileCouldHold() throws IOException {
        overwrite(ENTRY_COUNT, -1L);

        assertRefused("number of metadata entries at byte 16 cannot be 18446744073709551615");
    }

    @Test
    void refusesATextLongerThanTheFile() throws IOException {
        overwrite(FIRST_KEY_LENGTH, 1L << 62);

        assertRefused("length of key");
    }

    @Test
    void refusesTensorsWhoseSizeOverflows() throws IOException {
        new GgufWriter()
                .put("general.architecture", "llama")
                .tensor("huge", TensorType.F32, row -> new float[1], 1, 1)
                .write(model);
        sound = Files.readAllBytes(model);
        var text = new String(sound, StandardCharsets.ISO_8859_1);
        int firstDimension = text.indexOf("huge") + "huge".length() + Integer.BYTES;
        overwrite(firstDimension, Long.MAX_VALUE);

        assertRefused("overflow");
    }

    @Test
    void survivesRandomDamageWithAClearErrorOrAnAnswer() throws IOException {
        var random = new Random(20250717);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            var damaged = Arrays.copyOf(sound, 4096);
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                damaged[4 + random.nextInt(4092)] = (byte) random.nextInt(256);
            }
            Files.write(model, damaged);
            try {
                GgufFile.read(model);
            } catch (GgufException e) {
                assertThat(e).hasMessageContaining("tiny.gguf");
                refused++;
            }
        }

        assertThat(refused).isEqualTo(2000); // all are cut short, whatever else is wrong
    }

    @TestFactory
    Stream<DynamicTest> refusesEveryWayToBreakTheFormat() {
        var files = HostileModels.malformed();
        assertThat(files).hasSizeGreaterThan(60);
        return files.entrySet().stream()
                .map(file ->
                        DynamicTest.dynamicTest(
                                file.getKey(),
                                () -> {
                                    Files.write(model, file.getValue());

                                    assertRefused("tiny.gguf");
                                }));
    }

    @Test
    void readsTheSoundModelThatTheBrokenOnesAreMadeOf() throws IOException {
        Files.write(model, HostileModels.sound());

        assertThat(GgufFile.read(model).tensors()).hasSize(12);
    }

    @Test
    void readsAFileLargerThanAnArrayCanBe() throws IOException {
        long rows = 3L << 20;
        long hole = 2048 / 32 * 34 * rows;
        new GgufWriter()
                .put("general.architecture", "llama")
                .tensor("huge", TensorType.F32, i -> new float[8], 8, 1)
                .tensor("behind", TensorType.F32, i -> new float[] {1, 2, 3, 4}, 4)
                .write(model);
        long data = GgufFile.read(model).dataStart();
        var bytes = ByteBuffer.wrap(Files.readAllBytes(model)).order(ByteOrder.LITTLE_ENDIAN);
        int huge = after("huge", bytes.array()) + 4;
        bytes.putLong(huge, 2048).putLong(huge + 8, rows);
        bytes.putInt(huge + 16, TensorType.Q8_0.code());
        bytes.putLong(after("behind", bytes.array()) + 4 + 8 + 4, hole);
        try (var channel = FileChannel.open(model, StandardOpenOption.WRITE)) {
            channel.write(bytes.slice(0, (int) data), 0);
            channel.write(bytes.slice((int) data + 32, 16), data + hole); // behind a hole
            channel.write(ByteBuffer.allocate(1), data + hole + 31);
        }

        var file = GgufFile.read(model);

        assertThat(Files.size(model)).isGreaterThan(6L << 30);
        assertThat(file.tensors().getLast().offset()).isEqualTo(hole);
        assertThat(file.floats(file.tensors().getLast())).containsExactly(1, 2, 3, 4);
    }

    private static int after(String name, byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(name) + name.length();
    }

    private void overwrite(int offset, int value) throws IOException {
        ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
        Files.write(model, sound);
    }

    private void overwrite(int offset, long value) throws IOException {
        ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).putLong(offset, value);
        Files.write(model, sound);
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> GgufFile.read(model))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("tiny.gguf")
                .hasMessageContaining(reason);
    }
}
