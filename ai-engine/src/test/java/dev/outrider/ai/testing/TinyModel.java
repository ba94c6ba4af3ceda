package dev.outrider.ai.testing;

import dev.outrider.ai.gguf.GgufWriter;
import dev.outrider.ai.gguf.TensorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * A llama model of random weights, a few megabytes small: it talks nonsense, but the same nonsense
 * every time, with all the machinery of a real one. Its SentencePiece vocabulary has the bytes, the
 * printable ASCII characters, and made-up words.
 *
 * @param layers of the network
 * @param width of the embedding; four heads, two key-value heads
 * @param vocabulary number of tokens
 * @param context length it claims to be trained for
 * @param seed of the weights
 */
public record TinyModel(int layers, int width, int vocabulary, int context, long seed) {
    private static final int HEADS = 4;
    private static final int KEY_HEADS = 2;
    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int BYTE = 6;

    /** ChatML, as the vocabulary's control tokens have it. */
    public static final String CHAT_TEMPLATE =
            "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' +"
                    + " message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}{% if"
                    + " add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    /** Loads in a blink and has 2,048 tokens of context. */
    public static TinyModel standard() {
        return new TinyModel(2, 64, 1024, 2048, 1);
    }

    public TinyModel withSeed(long other) {
        return new TinyModel(layers, width, vocabulary, context, other);
    }

    public TinyModel withContext(int tokens) {
        return new TinyModel(layers, width, vocabulary, tokens, seed);
    }

    /** Writes the model and gives its path back. */
    public Path write(Path file) throws IOException {
        var writer = metadata();
        tensors(writer);
        writer.write(file);
        return file;
    }

    private GgufWriter metadata() {
        var writer =
                new GgufWriter()
                        .put("general.architecture", "llama")
                        .put("general.name", "tiny")
                        .put("general.file_type", 0)
                        .put("llama.context_length", context)
                        .put("llama.embedding_length", width)
                        .put("llama.block_count", layers)
                        .put("llama.feed_forward_length", 2 * width)
                        .put("llama.attention.head_count", HEADS)
                        .put("llama.attention.head_count_kv", KEY_HEADS)
                        .put("llama.rope.dimension_count", width / HEADS)
                        .put("llama.rope.freq_base", 10000f)
                        .put("llama.attention.layer_norm_rms_epsilon", 1e-5f)
                        .put("llama.vocab_size", vocabulary);
        putVocabulary(writer);
        return writer;
    }

    /** Puts what the file says of its tokens. */
    void putVocabulary(GgufWriter writer) {
        var pieces = pieces();
        writer.put("tokenizer.ggml.model", "llama")
                .put("tokenizer.ggml.pre", "default")
                .put("tokenizer.ggml.tokens", pieces.stream().map(Piece::text).toList())
                .put("tokenizer.ggml.scores", scores(pieces))
                .put("tokenizer.ggml.token_type", pieces.stream().mapToInt(Piece::type).toArray())
                .put("tokenizer.ggml.bos_token_id", 1)
                .put("tokenizer.ggml.eos_token_id", 2)
                .put("tokenizer.ggml.unknown_token_id", 0)
                .put("tokenizer.ggml.add_bos_token", true)
                .put("tokenizer.ggml.add_eos_token", false)
                .put("tokenizer.chat_template", CHAT_TEMPLATE);
    }

    private record Piece(String text, int type, float score) {}

    private static float[] scores(List<Piece> pieces) {
        var scores = new float[pieces.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = pieces.get(i).score();
        }
        return scores;
    }

    private List<Piece> pieces() {
        var pieces = new ArrayList<Piece>();
        pieces.add(new Piece("<unk>", UNKNOWN, 0));
        pieces.add(new Piece("<s>", CONTROL, 0));
        pieces.add(new Piece("</s>", CONTROL, 0));
        for (int value = 0; value < 256; value++) {
            pieces.add(new Piece(String.format(Locale.ROOT, "<0x%02X>", value), BYTE, 0));
        }
        pieces.add(new Piece("<|im_start|>", CONTROL, 0));
        pieces.add(new Piece("<|im_end|>", CONTROL, 0));
        pieces.add(new Piece("\u2581", NORMAL, -1));
        for (char c = '!'; c <= '~'; c++) {
            pieces.add(new Piece(String.valueOf(c), NORMAL, -2));
        }
        addWords(pieces);
        return pieces;
    }

    private void addWords(List<Piece> pieces) {
        var random = new Random(7);
        var seen = new HashSet<String>();
        while (pieces.size() < vocabulary) {
            var word = new StringBuilder(random.nextInt(3) > 0 ? "\u2581" : "");
            for (int letters = 2 + random.nextInt(5); letters > 0; letters--) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            if (seen.add(word.toString())) {
                float score = -10 - pieces.size() * 0.01f;
                pieces.add(new Piece(word.toString(), NORMAL, score));
            }
        }
    }

    private void tensors(GgufWriter writer) {
        var random = new SplittableRandom(seed);
        float scale = (float) (1 / Math.sqrt(width));
        long keyWidth = (long) width / HEADS * KEY_HEADS;
        matrix(writer, random, "token_embd.weight", 1, width, vocabulary);
        ones(writer, "output_norm.weight");
        matrix(writer, random, "output.weight", 3 * scale, width, vocabulary);
        for (int layer = 0; layer < layers; layer++) {
            var block = "blk." + layer + ".";
            ones(writer, block + "attn_norm.weight");
            matrix(writer, random, block + "attn_q.weight", scale, width, width);
            matrix(writer, random, block + "attn_k.weight", scale, width, keyWidth);
            matrix(writer, random, block + "attn_v.weight", scale, width, keyWidth);
            matrix(writer, random, block + "attn_output.weight", scale, width, width);
            ones(writer, block + "ffn_norm.weight");
            matrix(writer, random, block + "ffn_gate.weight", scale, width, 2L * width);
            matrix(writer, random, block + "ffn_up.weight", scale, width, 2L * width);
            matrix(writer, random, block + "ffn_down.weight", scale, 2 * width, width);
        }
    }

    private void ones(GgufWriter writer, String name) {
        var row = new float[width];
        Arrays.fill(row, 1);
        writer.tensor(name, TensorType.F32, i -> row, width);
    }

    private static void matrix(
            GgufWriter writer,
            SplittableRandom random,
            String name,
            float scale,
            int rowLength,
            long rows) {
        LongFunction<float[]> row =
                i -> {
                    var values = new float[rowLength];
                    for (int j = 0; j < rowLength; j++) {
                        double bell =
                                random.nextDouble() + random.nextDouble() + random.nextDouble();
                        values[j] = (float) ((bell - 1.5) * 2 * scale);
                    }
                    return values;
                };
        writer.tensor(name, TensorType.F32, row, rowLength, rows);
    }
}
