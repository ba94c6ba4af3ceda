package dev.outrider.ai.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Model files that somebody broke, on purpose or not, each in one way; all from a sound one of a
 * few kilobytes, written field by field so that every field can lie.
 */
public final class HostileModels {
    private static final int U32 = 4;
    private static final int F32 = 6;
    private static final int BOOL = 7;
    private static final int TEXT = 8;
    private static final int ARRAY = 9;
    private static final int WIDTH = 32;
    private static final int VOCABULARY = 300;
    private static final int FIRST_BYTE = 3;

    private static final class Entry {
        byte[] key;
        long keyLength;
        int type;
        byte[] value;

        Entry(String key, int type, byte[] value) {
            this.key = key.getBytes(UTF_8);
            this.keyLength = this.key.length;
            this.type = type;
            this.value = value;
        }
    }

    private static final class Tensor {
        String name;
        long nameLength;
        int rank;
        long[] dimensions;
        int type;
        long offset;

        Tensor(String name, long offset, long... dimensions) {
            this.name = name;
            this.nameLength = name.length();
            this.rank = dimensions.length;
            this.dimensions = dimensions;
            this.offset = offset;
        }
    }

    private int magic = 0x46554747;
    private int version = 3;
    private @Nullable Long tensorCount;
    private @Nullable Long entryCount;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private long data;

    private HostileModels() {
        put("general.architecture", "llama");
        put("llama.context_length", 512);
        put("llama.embedding_length", WIDTH);
        put("llama.block_count", 1);
        put("llama.feed_forward_length", 64);
        put("llama.attention.head_count", 2);
        put("llama.attention.head_count_kv", 1);
        put("llama.rope.dimension_count", 16);
        entries.add(
                new Entry("llama.attention.layer_norm_rms_epsilon", F32, number(0x3727C5AC, 4)));
        put("tokenizer.ggml.model", "llama");
        entries.add(new Entry("tokenizer.ggml.tokens", ARRAY, texts(VOCABULARY, 256)));
        entries.add(new Entry("tokenizer.ggml.scores", ARRAY, numbers(F32, VOCABULARY)));
        entries.add(new Entry("tokenizer.ggml.token_type", ARRAY, types()));
        put("tokenizer.ggml.bos_token_id", 1);
        put("tokenizer.ggml.eos_token_id", 2);
        entries.add(new Entry("tokenizer.ggml.add_bos_token", BOOL, new byte[] {1}));
        tensor("token_embd.weight", WIDTH, VOCABULARY);
        tensor("output_norm.weight", WIDTH);
        tensor("output.weight", WIDTH, VOCABULARY);
        tensor("blk.0.attn_norm.weight", WIDTH);
        tensor("blk.0.attn_q.weight", WIDTH, WIDTH);
        tensor("blk.0.attn_k.weight", WIDTH, WIDTH / 2);
        tensor("blk.0.attn_v.weight", WIDTH, WIDTH / 2);
        tensor("blk.0.attn_output.weight", WIDTH, WIDTH);
        tensor("blk.0.ffn_norm.weight", WIDTH);
        tensor("blk.0.ffn_gate.weight", WIDTH, 64);
        tensor("blk.0.ffn_up.weight", WIDTH, 64);
        tensor("blk.0.ffn_down.weight", 64, WIDTH);
    }

    /** The sound one. */
    public static byte[] sound() {
        return new HostileModels().bytes();
    }

    /** Broken so that a reader of the format can tell, by what is wrong. */
    public static Map<String, byte[]> malformed() {
        var files = new LinkedHashMap<String, byte[]>();
        var sound = sound();
        files.put("an empty file", new byte[0]);
        files.put("three bytes", Arrays.copyOf(sound, 3));
        files.put("the four letters alone", Arrays.copyOf(sound, 4));
        files.put("letters and version alone", Arrays.copyOf(sound, 8));
        files.put("a header cut in its counts", Arrays.copyOf(sound, 20));
        files.put("a header cut in a key", Arrays.copyOf(sound, 40));
        files.put("a header cut in the vocabulary", Arrays.copyOf(sound, 700));
        files.put("data cut by one byte", Arrays.copyOf(sound, sound.length - 1));
        files.put("data cut in half", Arrays.copyOf(sound, sound.length * 3 / 4));
        files.put("zeros", new byte[4096]);
        add(files, "other letters", m -> m.magic = 0x4747554A);
        add(files, "the letters turned round", m -> m.magic = 0x47475546);
        for (int version : new int[] {0, 1, 4, -1, 0x03000000}) {
            add(files, "version " + version, m -> m.version = version);
        }
        for (long count : new long[] {-1, Long.MIN_VALUE, 1L << 62, 1L << 31, 1L << 20, 13}) {
            add(files, "%d tensors".formatted(count), m -> m.tensorCount = count);
        }
        for (long count : new long[] {-1, Long.MIN_VALUE, 1L << 62, 1L << 31, 1L << 20, 17, 15}) {
            add(files, "%d metadata entries".formatted(count), m -> m.entryCount = count);
        }
        for (long length : new long[] {-1, Long.MAX_VALUE, 1L << 40, 1L << 30, 1L << 16}) {
            add(
                    files,
                    "a key of %d bytes".formatted(length),
                    m -> m.entries.get(2).keyLength = length);
            add(
                    files,
                    "a name of %d bytes".formatted(length),
                    m -> m.tensors.get(2).nameLength = length);
        }
        add(files, "a key that appears twice", m -> m.put("llama.block_count", 1));
        for (int type : new int[] {13, 255, -1}) {
            add(files, "a value of type " + type, m -> m.entries.get(3).type = type);
            add(
                    files,
                    "an array of type " + type,
                    m -> m.add("x", ARRAY, join(number(type, 4), number(1, 8), number(0, 8))));
        }
        add(
                files,
                "an array of arrays",
                m ->
                        m.add(
                                "x",
                                ARRAY,
                                join(
                                        number(ARRAY, 4),
                                        number(1, 8),
                                        number(ARRAY, 4),
                                        number(1, 8))));
        for (long length : new long[] {-1, Long.MAX_VALUE, 1L << 61, 1L << 32}) {
            add(
                    files,
                    "an array of %d numbers".formatted(length),
                    m -> m.add("x", ARRAY, join(number(U32, 4), number(length, 8))));
            add(
                    files,
                    "an array of %d texts".formatted(length),
                    m -> m.add("x", ARRAY, join(number(TEXT, 4), number(length, 8))));
            add(
                    files,
                    "a text of %d bytes".formatted(length),
                    m -> m.add("x", TEXT, number(length, 8)));
        }
        add(files, "a truth value of 2", m -> m.entry("add_bos_token").value = new byte[] {2});
        for (int alignment : new int[] {0, 3, 33, 1 << 30, -1}) {
            add(files, "an alignment of " + alignment, m -> m.put("general.alignment", alignment));
        }
        for (int rank : new int[] {0, 5, 1 << 30, -1}) {
            add(
                    files,
                    "a tensor of %d dimensions".formatted(rank),
                    m -> m.tensors.get(4).rank = rank);
        }
        for (long length : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40}) {
            add(
                    files,
                    "a dimension of %d".formatted(length),
                    m -> m.tensors.get(4).dimensions[1] = length);
        }
        add(
                files,
                "dimensions whose product overflows",
                m -> {
                    m.tensors.get(4).dimensions[0] = 1L << 33;
                    m.tensors.get(4).dimensions[1] = 1L << 33;
                });
        for (long offset : new long[] {-32, 1, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE}) {
            add(files, "an offset of %d".formatted(offset), m -> m.tensors.get(4).offset = offset);
        }
        add(
                files,
                "rows of broken blocks",
                m -> {
                    m.tensors.get(4).type = 2;
                    m.tensors.get(4).dimensions[0] = 33;
                });
        add(
                files,
                "a tensor that appears twice",
                m -> m.tensors.get(5).name = "blk.0.attn_q.weight");
        return files;
    }

    /** Of sound form, but no model: what is in them does not go together. */
    public static Map<String, byte[]> absurd() {
        var files = new LinkedHashMap<String, byte[]>();
        add(files, "no architecture", m -> m.entries.removeFirst());
        add(files, "an architecture nobody knows", m -> m.put(0, "rover"));
        add(
                files,
                "an architecture that is a number",
                m -> m.entries.set(0, whole("general.architecture", 7)));
        for (String field :
                List.of(
                        "llama.context_length",
                        "llama.embedding_length",
                        "llama.block_count",
                        "llama.feed_forward_length",
                        "llama.attention.head_count",
                        "llama.attention.head_count_kv",
                        "llama.rope.dimension_count")) {
            for (int value : new int[] {0, 3, 7777, Integer.MAX_VALUE, -1}) {
                add(
                        files,
                        "%s of %d".formatted(field, value),
                        m -> m.entry(field).value = number(value, 4));
            }
            add(files, "no " + field, m -> m.entries.remove(m.entry(field)));
        }
        add(files, "no tokens", m -> m.entries.remove(m.entry("ggml.tokens")));
        add(files, "no vocabulary", m -> m.entry("tokenizer.ggml.model").value = text("no_vocab"));
        add(
                files,
                "a vocabulary nobody knows",
                m -> m.entry("tokenizer.ggml.model").value = text("runes"));
        add(files, "no tokens for bytes", m -> m.entry("ggml.tokens").value = texts(VOCABULARY, 5));
        add(
                files,
                "fewer tokens than the table",
                m -> m.entry("ggml.tokens").value = texts(10, 256));
        add(files, "fewer scores than tokens", m -> m.entry("ggml.scores").value = numbers(F32, 3));
        add(
                files,
                "scores of whole numbers",
                m -> m.entry("ggml.scores").value = numbers(U32, VOCABULARY));
        add(
                files,
                "fewer types than tokens",
                m -> m.entry("ggml.token_type").value = numbers(5, 3));
        for (int id : new int[] {VOCABULARY, Integer.MAX_VALUE, -1}) {
            add(files, "an end token of " + id, m -> m.entry("eos_token_id").value = number(id, 4));
            add(
                    files,
                    "a first token of " + id,
                    m -> m.entry("bos_token_id").value = number(id, 4));
        }
        for (int type : new int[] {-1, 4, 999, Integer.MAX_VALUE, 24}) {
            add(files, "a tensor of type " + type, m -> m.tensors.get(4).type = type);
        }
        add(files, "a missing tensor", m -> m.tensors.get(6).name = "blk.0.attn_w.weight");
        add(files, "a tensor of another shape", m -> m.tensors.get(6).dimensions[1] = 8);
        add(files, "tensors that overlap", m -> m.tensors.get(4).offset = 0);
        var nan = sound();
        Arrays.fill(nan, nan.length - 20_000, nan.length, (byte) 0xFF);
        files.put("data of not-a-number", nan);
        return files;
    }

    private static void add(
            Map<String, byte[]> files, String what, Consumer<HostileModels> damage) {
        var model = new HostileModels();
        damage.accept(model);
        files.put(what, model.bytes());
    }

    private void put(String key, int value) {
        entries.add(whole(key, value));
    }

    private static Entry whole(String key, int value) {
        return new Entry(key, U32, number(value, 4));
    }

    private void put(String key, String value) {
        entries.add(new Entry(key, TEXT, text(value)));
    }

    private void put(int index, String value) {
        entries.get(index).value = text(value);
    }

    private void add(String key, int type, byte[] value) {
        entries.add(new Entry(key, type, value));
    }

    private Entry entry(String ending) {
        return entries.stream()
                .filter(entry -> new String(entry.key, UTF_8).endsWith(ending))
                .findFirst()
                .orElseThrow();
    }

    private void tensor(String name, long... dimensions) {
        tensors.add(new Tensor(name, data, dimensions));
        data += 4 * Arrays.stream(dimensions).reduce(1, Math::multiplyExact);
    }

    private byte[] bytes() {
        var head = new ByteArrayOutputStream();
        head.writeBytes(number(magic, 4));
        head.writeBytes(number(version, 4));
        head.writeBytes(number(tensorCount == null ? tensors.size() : tensorCount, 8));
        head.writeBytes(number(entryCount == null ? entries.size() : entryCount, 8));
        for (Entry entry : entries) {
            head.writeBytes(number(entry.keyLength, 8));
            head.writeBytes(entry.key);
            head.writeBytes(number(entry.type, 4));
            head.writeBytes(entry.value);
        }
        for (Tensor tensor : tensors) {
            head.writeBytes(number(tensor.nameLength, 8));
            head.writeBytes(tensor.name.getBytes(UTF_8));
            head.writeBytes(number(tensor.rank, 4));
            for (long dimension : tensor.dimensions) {
                head.writeBytes(number(dimension, 8));
            }
            head.writeBytes(number(tensor.type, 4));
            head.writeBytes(number(tensor.offset, 8));
        }
        head.writeBytes(new byte[(32 - head.size() % 32) % 32]);
        head.writeBytes(new byte[(int) data]);
        return head.toByteArray();
    }

    private static byte[] number(long value, int bytes) {
        var all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
        return Arrays.copyOf(all, bytes);
    }

    private static byte[] text(String value) {
        return join(number(value.length(), 8), value.getBytes(UTF_8));
    }

    private static byte[] texts(int count, int bytes) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(join(number(TEXT, 4), number(count, 8)));
        for (int i = 0; i < count; i++) {
            all.writeBytes(
                    text(
                            switch (i) {
                                case 0 -> "<unk>";
                                case 1 -> "<s>";
                                case 2 -> "</s>";
                                default ->
                                        isByte(i) && i < FIRST_BYTE + bytes
                                                ? String.format(
                                                        Locale.ROOT, "<0x%02X>", i - FIRST_BYTE)
                                                : "t" + i;
                            }));
        }
        return all.toByteArray();
    }

    private static boolean isByte(int token) {
        return token >= FIRST_BYTE && token < FIRST_BYTE + 256;
    }

    private static byte[] types() {
        var all = numbers(5, VOCABULARY);
        for (int i = 0; i < VOCABULARY; i++) {
            all[12 + 4 * i] = (byte) (i < FIRST_BYTE ? 3 : isByte(i) ? 6 : 1);
        }
        return all;
    }

    private static byte[] numbers(int type, int count) {
        return join(number(type, 4), number(count, 8), new byte[4 * count]);
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
