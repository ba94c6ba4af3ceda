package dev.outrider.ai.testing;

import dev.outrider.ai.gguf.GgufWriter;
import dev.outrider.ai.gguf.TensorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A small model of random weights in one of the architectures people use, with everything that sets
 * it apart: biases, joined matrices, norms behind the layers, sliding windows, experts.
 *
 * @param kind of network
 * @param layers of the network
 * @param width of the embedding
 * @param heads of queries
 * @param keyHeads of keys and values
 * @param headSize of each head
 * @param feedForward width inside a layer, of one expert where there are experts
 * @param vocabulary number of tokens
 * @param context length it claims to be trained for
 * @param seed of the weights
 */
public record SyntheticModel(
        Kind kind,
        int layers,
        int width,
        int heads,
        int keyHeads,
        int headSize,
        int feedForward,
        int vocabulary,
        int context,
        long seed) {
    /** Experts of the mixtures, and how many of them work on a token. */
    public static final int EXPERTS = 8;

    public static final int USED_EXPERTS = 2;

    /** Tokens a sliding window sees. */
    public static final int WINDOW = 64;

    /** The architectures, by llama.cpp's names. */
    public enum Kind {
        LLAMA("llama"),
        QWEN2("qwen2"),
        PHI3("phi3"),
        GEMMA2("gemma2"),
        MIXTRAL("llama"),
        QWEN2MOE("qwen2moe");

        private final String architecture;

        Kind(String architecture) {
            this.architecture = architecture;
        }

        boolean hasExperts() {
            return this == MIXTRAL || this == QWEN2MOE;
        }

        boolean hasBiases() {
            return this == QWEN2 || this == QWEN2MOE;
        }
    }

    /** Loads in a blink. */
    public static SyntheticModel small(Kind kind) {
        return new SyntheticModel(kind, 2, 64, 4, 2, 16, 128, 1024, 2048, 1);
    }

    /** Writes the model and gives its path back. */
    public Path write(Path file) throws IOException {
        var writer = new GgufWriter().put("general.architecture", kind.architecture);
        metadata(writer);
        if (kind == Kind.QWEN2) {
            byteVocabulary(writer);
        } else {
            new TinyModel(layers, width, vocabulary, context, seed).putVocabulary(writer);
        }
        tensors(writer);
        writer.write(file);
        return file;
    }

    private void metadata(GgufWriter writer) {
        var key = kind.architecture + ".";
        // libllama looks for phi3 in names, and then for tokens that only Phi-3 has
        writer.put("general.name", "synthetic")
                .put("general.file_type", 0)
                .put(key + "context_length", context)
                .put(key + "embedding_length", width)
                .put(key + "block_count", layers)
                .put(key + "feed_forward_length", feedForward)
                .put(key + "attention.head_count", heads)
                .put(key + "attention.head_count_kv", keyHeads)
                .put(key + "attention.key_length", headSize)
                .put(key + "attention.value_length", headSize)
                .put(key + "rope.dimension_count", headSize)
                .put(key + "rope.freq_base", 10000f)
                .put(key + "attention.layer_norm_rms_epsilon", 1e-5f)
                .put(key + "vocab_size", vocabulary);
        if (kind == Kind.GEMMA2) {
            writer.put(key + "attention.sliding_window", WINDOW)
                    .put(key + "attn_logit_softcapping", 50f)
                    .put(key + "final_logit_softcapping", 30f);
        }
        if (kind.hasExperts()) {
            writer.put(key + "expert_count", EXPERTS).put(key + "expert_used_count", USED_EXPERTS);
        }
        if (kind == Kind.QWEN2MOE) {
            writer.put(key + "expert_feed_forward_length", feedForward)
                    .put(key + "expert_shared_feed_forward_length", 2 * feedForward);
        }
    }

    /** Bytes as GPT-2 writes them, a few merged pairs, and the control tokens of ChatML. */
    private void byteVocabulary(GgufWriter writer) {
        var tokens = new ArrayList<String>();
        IntStream.range(0, 256).mapToObj(SyntheticModel::printable).forEach(tokens::add);
        var merges = new ArrayList<String>();
        for (String pair : List.of("t h", "th e", "i n", "a n", "an d", "e r", "o n", "\u0120 t")) {
            merges.add(pair);
            tokens.add(pair.replace(" ", ""));
        }
        var types = new ArrayList<Integer>();
        tokens.forEach(token -> types.add(1));
        for (String control : List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>")) {
            tokens.add(control);
            types.add(3);
        }
        while (tokens.size() < vocabulary) {
            tokens.add("[PAD" + tokens.size() + "]");
            types.add(5);
        }
        writer.put("tokenizer.ggml.model", "gpt2")
                .put("tokenizer.ggml.pre", "qwen2")
                .put("tokenizer.ggml.tokens", tokens)
                .put("tokenizer.ggml.token_type", types.stream().mapToInt(i -> i).toArray())
                .put("tokenizer.ggml.merges", merges)
                .put("tokenizer.ggml.bos_token_id", tokens.indexOf("<|endoftext|>"))
                .put("tokenizer.ggml.eos_token_id", tokens.indexOf("<|im_end|>"))
                .put("tokenizer.ggml.add_bos_token", false)
                .put("tokenizer.chat_template", TinyModel.CHAT_TEMPLATE);
    }

    private static String printable(int value) {
        boolean plain =
                (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || value >= 0xAE;
        if (plain) {
            return String.valueOf((char) value);
        }
        int rank =
                (int)
                        IntStream.range(0, value)
                                .filter(v -> v < '!' || (v > '~' && v < 0xA1) || v == 0xAD)
                                .count();
        return String.valueOf((char) (256 + rank));
    }

    private void tensors(GgufWriter writer) {
        var weights = new Weights(writer, new SplittableRandom(seed));
        float scale = (float) (1 / Math.sqrt(width));
        // where the table is the output too, a strong one would only repeat the last token
        boolean tied = kind == Kind.QWEN2 || kind == Kind.GEMMA2;
        weights.matrix("token_embd.weight", tied ? 0.05f : 1, width, vocabulary);
        weights.norm("output_norm.weight", width);
        if (!tied) {
            weights.matrix("output.weight", 3 * scale, width, vocabulary);
        }
        for (int layer = 0; layer < layers; layer++) {
            var block = "blk." + layer + ".";
            attention(weights, block, scale);
            if (kind.hasExperts()) {
                experts(weights, block, scale);
            } else {
                dense(weights, block, scale);
            }
        }
    }

    private void attention(Weights weights, String block, float scale) {
        int queries = heads * headSize;
        int keys = keyHeads * headSize;
        weights.norm(block + "attn_norm.weight", width);
        if (kind == Kind.PHI3) {
            weights.matrix(block + "attn_qkv.weight", scale, width, queries + 2L * keys);
        } else {
            weights.matrix(block + "attn_q.weight", scale, width, queries);
            weights.matrix(block + "attn_k.weight", scale, width, keys);
            weights.matrix(block + "attn_v.weight", scale, width, keys);
        }
        if (kind.hasBiases()) {
            weights.vector(block + "attn_q.bias", scale, queries);
            weights.vector(block + "attn_k.bias", scale, keys);
            weights.vector(block + "attn_v.bias", scale, keys);
        }
        weights.matrix(block + "attn_output.weight", scale, queries, width);
        weights.norm(block + "ffn_norm.weight", width);
        if (kind == Kind.GEMMA2) {
            weights.norm(block + "post_attention_norm.weight", width);
            weights.norm(block + "post_ffw_norm.weight", width);
        }
    }

    private void dense(Weights weights, String block, float scale) {
        if (kind == Kind.PHI3) {
            weights.matrix(block + "ffn_up.weight", scale, width, 2L * feedForward);
        } else {
            weights.matrix(block + "ffn_gate.weight", scale, width, feedForward);
            weights.matrix(block + "ffn_up.weight", scale, width, feedForward);
        }
        weights.matrix(block + "ffn_down.weight", scale, feedForward, width);
    }

    private void experts(Weights weights, String block, float scale) {
        weights.matrix(block + "ffn_gate_inp.weight", 3 * scale, width, EXPERTS);
        weights.matrix(block + "ffn_gate_exps.weight", scale, width, feedForward, EXPERTS);
        weights.matrix(block + "ffn_up_exps.weight", scale, width, feedForward, EXPERTS);
        weights.matrix(block + "ffn_down_exps.weight", scale, feedForward, width, EXPERTS);
        if (kind == Kind.QWEN2MOE) {
            int shared = 2 * feedForward;
            weights.vector(block + "ffn_gate_inp_shexp.weight", scale, width);
            weights.matrix(block + "ffn_gate_shexp.weight", scale, width, shared);
            weights.matrix(block + "ffn_up_shexp.weight", scale, width, shared);
            weights.matrix(block + "ffn_down_shexp.weight", scale, shared, width);
        }
    }

    private record Weights(GgufWriter writer, SplittableRandom random) {
        void norm(String name, int length) {
            var row = new float[length];
            Arrays.fill(row, 1);
            writer.tensor(name, TensorType.F32, i -> row, length);
        }

        void vector(String name, float scale, int length) {
            writer.tensor(name, TensorType.F32, i -> row(scale, length), length);
        }

        void matrix(String name, float scale, long... dimensions) {
            int length = (int) dimensions[0];
            writer.tensor(name, TensorType.F32, i -> row(scale, length), dimensions);
        }

        private float[] row(float scale, int length) {
            var values = new float[length];
            for (int i = 0; i < length; i++) {
                double bell = random.nextDouble() + random.nextDouble() + random.nextDouble();
                values[i] = (float) ((bell - 1.5) * 2 * scale);
            }
            return values;
        }
    }
}
