package dev.outrider.ai.sense;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.outrider.ai.openvino.Deployment;
import dev.outrider.ai.openvino.Devices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.intel.openvino.InferRequest;
import org.intel.openvino.Tensor;

/**
 * Turns sentences into vectors of length one, so that sentences of like meaning have a scalar
 * product near one. For encoders of BERT's kind: MiniLM, BGE, E5.
 */
public final class TextEmbedder implements AutoCloseable {
    /** Name of its model in the catalogue. */
    public static final String MODEL = "all-minilm-l6-v2";

    /** Name of the model's tokenizer in the catalogue. */
    public static final String TOKENIZER = "all-minilm-l6-v2-tokenizer";

    private static final int MOST_TOKENS = 512;

    /**
     * The encoders it knows; they differ in what is put before a text and which states are read.
     */
    public enum Kind {
        /** Mean of all states; takes texts as they are. */
        MINILM(MODEL, TOKENIZER, false, "", ""),
        /** State of the first token; questions are put with an instruction. */
        BGE(
                "bge-small-en-v1.5-onnx",
                "bge-small-en-v1.5-tokenizer",
                true,
                "Represent this sentence for searching relevant passages: ",
                ""),
        /** Mean of all states; every text is said to be a question or an answer. */
        E5("e5-small-v2", "e5-small-v2-tokenizer", false, "query: ", "passage: "),
        /** The same with weights of eight bits, a quarter of the size. */
        E5_SMALLER("e5-small-v2-q", "e5-small-v2-tokenizer", false, "query: ", "passage: ");

        private final String model;
        private final String tokenizer;
        private final boolean first;
        private final String query;
        private final String passage;

        Kind(String model, String tokenizer, boolean first, String query, String passage) {
            this.model = model;
            this.tokenizer = tokenizer;
            this.first = first;
            this.query = query;
            this.passage = passage;
        }

        /** Name of the model in the catalogue. */
        public String model() {
            return model;
        }

        /** Name of its tokenizer in the catalogue. */
        public String tokenizer() {
            return tokenizer;
        }
    }

    private final Kind kind;
    private final Deployment<Network> network;
    private final HuggingFaceTokenizer tokenizer;
    private final List<String> inputs;

    private TextEmbedder(
            Kind kind,
            Deployment<Network> network,
            List<String> inputs,
            HuggingFaceTokenizer tokenizer) {
        this.kind = kind;
        this.network = network;
        this.tokenizer = tokenizer;
        this.inputs = inputs;
    }

    /** Loads MiniLM and its tokenizer; close it to free their memory. */
    public static TextEmbedder open(Path model, Path tokenizer, Devices devices) {
        return open(Kind.MINILM, model, tokenizer, devices);
    }

    /**
     * Loads model and tokenizer; close it to free their memory.
     *
     * @throws SenseException if they cannot be used; the message says why
     */
    public static TextEmbedder open(Kind kind, Path model, Path tokenizer, Devices devices) {
        var network =
                Network.deploy(
                        Imported.of(model, ".plain.onnx", OnnxFile::plain), devices, Network.EXACT);
        try {
            var names = network.use(Network::inputs);
            if (!names.contains("input_ids") || !names.contains("attention_mask")) {
                throw new SenseException(
                        "%s is no text encoder: its inputs are %s".formatted(model, names));
            }
            return new TextEmbedder(kind, network, names, tokenizer(tokenizer));
        } catch (SenseException e) {
            network.close();
            throw e;
        }
    }

    private static HuggingFaceTokenizer tokenizer(Path file) {
        try {
            return HuggingFaceTokenizer.newInstance(
                    file,
                    Map.of(
                            "truncation", "true",
                            "padding", "false",
                            "maxLength", Integer.toString(MOST_TOKENS)));
        } catch (IOException | RuntimeException e) {
            // the tokenizer's native code reports damaged files by RuntimeException
            throw new SenseException(
                    "the tokenizer %s cannot be used: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** The vector of a text among its like; what is longer than 512 tokens is cut. */
    public float[] embed(String text) {
        return vector(kind == Kind.BGE ? text : kind.query + text);
    }

    /** The vector of a question, to be compared with those of passages. */
    public float[] embedQuery(String text) {
        return vector(kind.query + text);
    }

    /** The vector of a passage in which an answer may be found. */
    public float[] embedPassage(String text) {
        return vector(kind.passage + text);
    }

    private float[] vector(String text) {
        var encoding = tokenizer.encode(text);
        return Network.with(network, request -> embed(request, encoding));
    }

    private float[] embed(InferRequest request, Encoding encoding) {
        int n = encoding.getIds().length;
        for (int i = 0; i < inputs.size(); i++) {
            var values =
                    switch (inputs.get(i)) {
                        case "input_ids" -> encoding.getIds();
                        case "attention_mask" -> encoding.getAttentionMask();
                        case "token_type_ids" -> encoding.getTypeIds();
                        default ->
                                throw new SenseException(
                                        "a text encoder with the unknown input " + inputs.get(i));
                    };
            request.set_input_tensor(i, new Tensor(new int[] {1, n}, values));
        }
        Network.infer(request);
        try (var output = request.get_output_tensor(0)) {
            var read = encoding.getAttentionMask().clone();
            if (kind.first) {
                Arrays.fill(read, 1, n, 0);
            }
            return mean(output.data(), read, output.get_shape()[2]);
        }
    }

    private static float[] mean(float[] states, long[] mask, int width) {
        var sum = new double[width];
        for (int i = 0; i < mask.length; i++) {
            for (int k = 0; k < width; k++) {
                sum[k] += mask[i] * states[i * width + k];
            }
        }
        double square = 0;
        for (double value : sum) {
            square += value * value;
        }
        double length = Math.max(1e-12, Math.sqrt(square));
        var vector = new float[width];
        for (int k = 0; k < width; k++) {
            vector[k] = (float) (sum[k] / length);
        }
        return vector;
    }

    /** How like in meaning two texts are, -1..1. */
    public double likeness(String a, String b) {
        var first = embed(a);
        var second = embed(b);
        double product = 0;
        for (int k = 0; k < first.length; k++) {
            product += (double) first[k] * second[k];
        }
        return product;
    }

    @Override
    public void close() {
        tokenizer.close();
        network.close();
    }
}
