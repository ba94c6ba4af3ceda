package dev.outrider.ai.sense;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.outrider.ai.openvino.Devices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.intel.openvino.CompiledModel;
import org.intel.openvino.InferRequest;
import org.intel.openvino.Output;
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

    private final Network network;
    private final HuggingFaceTokenizer tokenizer;
    private final List<String> inputs;

    private TextEmbedder(Network network, HuggingFaceTokenizer tokenizer) {
        this.network = network;
        this.tokenizer = tokenizer;
        inputs = names(network.model());
    }

    private static List<String> names(CompiledModel model) {
        return model.inputs().stream().map(Output::get_any_name).toList();
    }

    /**
     * Loads model and tokenizer; close it to free their memory.
     *
     * @throws SenseException if they cannot be used; the message says why
     */
    public static TextEmbedder open(Path model, Path tokenizer, Devices devices) {
        var network = Network.open(model, devices, Network.EXACT);
        try {
            var names = names(network.model());
            if (!names.contains("input_ids") || !names.contains("attention_mask")) {
                throw new SenseException(
                        "%s is no text encoder: its inputs are %s".formatted(model, names));
            }
            return new TextEmbedder(network, tokenizer(tokenizer));
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

    /** The vector of a text; what is longer than 512 tokens is cut. */
    public float[] embed(String text) {
        var encoding = tokenizer.encode(text);
        return network.with(request -> embed(request, encoding));
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
        request.infer();
        try (var output = request.get_output_tensor(0)) {
            return mean(output.data(), encoding.getAttentionMask(), output.get_shape()[2]);
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
