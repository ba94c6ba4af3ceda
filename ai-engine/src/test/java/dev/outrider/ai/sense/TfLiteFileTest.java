package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.testing.Natives;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TfLiteFileTest {
    /** A model of two operators, laid out by hand: the last one finds boxes at two anchors. */
    private static byte[] detector() {
        return new Layout("TFLite_Detection_PostProcess").bytes();
    }

    private static final class Layout {
        private final ByteBuffer out = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);

        /**
         * Each table comes before what it refers to; offsets are filled in when those are written.
         */
        Layout(String operator) {
            out.putInt(0).putInt(0x334c4654);
            int root = table(0, 5);
            out.putInt(0, root);
            int codes = vector(slot(root, 1), 1);
            int code = table(codes, 2);
            text(slot(code, 1), operator);
            int graphs = vector(slot(root, 2), 1);
            int graph = table(graphs, 4);
            int tensors = vector(slot(graph, 0), 3);
            for (int i = 0; i < 3; i++) {
                int tensor = table(tensors + 4 * i, 3);
                numbers(slot(tensor, 0), 2, 4);
                number(tensor, 1, 0);
                number(tensor, 2, 0);
            }
            numbers(slot(graph, 2), 7, 8, 9, 10);
            int operators = vector(slot(graph, 3), 2);
            for (int i = 0; i < 2; i++) {
                int one = table(operators + 4 * i, 6);
                number(one, 0, 0);
                numbers(slot(one, 1), 0, 1, 2);
                options(slot(one, 5));
            }
            int buffers = vector(slot(root, 4), 1);
            int buffer = table(buffers, 1);
            fill(slot(buffer, 0));
            out.putInt(32);
            for (int i = 0; i < 8; i++) {
                out.putFloat(i / 8f);
            }
        }

        /** A table of so many fields of four bytes, referred to from a slot. */
        private int table(int from, int fields) {
            align();
            int description = out.position();
            out.putShort((short) (4 + 2 * fields)).putShort((short) (4 + 4 * fields));
            for (int i = 0; i < fields; i++) {
                out.putShort((short) (4 + 4 * i));
            }
            align();
            int table = out.position();
            out.putInt(table - description);
            for (int i = 0; i < fields; i++) {
                out.putInt(0);
            }
            if (from > 0) {
                out.putInt(from, table - from);
            }
            return table;
        }

        private static int slot(int table, int field) {
            return table + 4 + 4 * field;
        }

        private void number(int table, int field, int value) {
            out.putInt(slot(table, field), value);
        }

        private void fill(int slot) {
            align();
            out.putInt(slot, out.position() - slot);
        }

        private int vector(int slot, int n) {
            fill(slot);
            out.putInt(n);
            int first = out.position();
            for (int i = 0; i < n; i++) {
                out.putInt(0);
            }
            return first;
        }

        private void numbers(int slot, int... values) {
            int first = vector(slot, values.length);
            for (int i = 0; i < values.length; i++) {
                out.putInt(first + 4 * i, values[i]);
            }
        }

        private void text(int slot, String text) {
            fill(slot);
            out.putInt(text.length());
            text.chars().forEach(c -> out.put((byte) c));
        }

        private void options(int slot) {
            var keys =
                    List.of(
                            "h_scale",
                            "nms_iou_threshold",
                            "num_classes",
                            "w_scale",
                            "x_scale",
                            "y_scale");
            var map = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
            var at = new int[keys.size()];
            for (int i = 0; i < at.length; i++) {
                at[i] = map.position();
                keys.get(i).chars().forEach(c -> map.put((byte) c));
                map.put((byte) 0);
            }
            map.put((byte) at.length);
            int keyVector = map.position();
            for (int position : at) {
                map.put((byte) (map.position() - position));
            }
            map.position((map.position() + 3) / 4 * 4);
            int prefix = map.position();
            map.putInt(prefix - keyVector).putInt(1).putInt(at.length);
            int values = map.position();
            map.putFloat(5).putFloat(0.5f).putInt(3).putFloat(5).putFloat(10).putFloat(10);
            map.put(new byte[] {14, 14, 6, 14, 14, 14});
            map.put((byte) (map.position() - values)).put((byte) (9 << 2 | 2)).put((byte) 1);
            fill(slot);
            out.putInt(map.position()).put(map.array(), 0, map.position());
        }

        private void align() {
            out.position((out.position() + 3) / 4 * 4);
        }

        byte[] bytes() {
            return Arrays.copyOf(out.array(), out.position());
        }
    }

    @Test
    void readsWhatTheLastOperatorIsTold() {
        var told = new TfLiteFile(detector()).postProcess();

        assertThat(told.anchors()).containsExactly(0, .125f, .25f, .375f, .5f, .625f, .75f, .875f);
        assertThat(told.classes()).isEqualTo(3);
        assertThat(told.overlap()).isEqualTo(0.5);
        assertThat(told.scales()).containsExactly(10, 10, 5, 5);
    }

    @Test
    void cutsTheLastOperatorOff() {
        var whole = detector();

        var cut = new TfLiteFile(whole).cut();

        assertThat(cut).hasSameSizeAs(whole).isNotEqualTo(whole);
        var again = new TfLiteFile(cut); // the other operator is of the same kind here
        assertThat(again.postProcess().classes()).isEqualTo(3);
        assertThatThrownBy(() -> new TfLiteFile(again.cut()))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void saysWhatIsNoDetector() {
        assertThatThrownBy(() -> new TfLiteFile(new Layout("Mul").bytes()))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("does not end in TFLite_Detection_PostProcess");
        assertThatThrownBy(() -> new TfLiteFile(new byte[3]))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("no TensorFlow Lite model");
    }

    @Test
    void survivesBadOffsetsAndTruncation() {
        var whole = detector();
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var damaged =
                    i % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int k = 0; k < 1 + i % 3 && damaged.length > 4; k++) {
                int at = random.nextInt(damaged.length - 3);
                var bytes = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
                bytes.putInt(at, i % 2 == 0 ? random.nextInt() : random.nextInt(64) - 32);
            }
            try {
                var file = new TfLiteFile(damaged);
                assertThat(file.postProcess().anchors()).hasSizeGreaterThan(3);
                assertThat(file.cut()).hasSameSizeAs(damaged);
            } catch (SenseException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    @Tag("real-model")
    void survivesDamageToARealModel(@TempDir Path folder) throws IOException {
        Natives.assumeOpenVino();
        var whole = Files.readAllBytes(Natives.assumeFile(ObjectDetector.SMALL_MODEL));
        var cut = Files.write(folder.resolve("a.tflite"), Arrays.copyOf(whole, whole.length / 2));
        var random = new Random(3);

        assertThatThrownBy(() -> ObjectDetector.open(cut, Devices.CPU))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("a.tflite");
        for (int i = 0; i < 200; i++) {
            var damaged = whole.clone();
            ByteBuffer.wrap(damaged).putInt(random.nextInt(2000) * 4, random.nextInt());
            try {
                assertThat(new TfLiteFile(damaged).postProcess().classes()).isPositive();
            } catch (SenseException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
