package dev.outrider.ai.fit;

import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.gguf.TensorDescriptor;
import dev.outrider.ai.gguf.TensorType;
import dev.outrider.ai.llama.CacheType;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What of a model decides how much memory it takes.
 *
 * @param weightBytes of all tensors
 * @param bytesPerToken of tensors read for every generated token: an embedding table that is not
 *     also the output is looked up, not read, and of experts only those used count
 * @param weightsPerToken numbers among them, each multiplied and added once for a token
 * @param layers by what the cache keeps of a token, in the model's order
 * @param embedding width of the network
 * @param queries width of all query heads together
 * @param feedForward width inside a layer, of all experts together that work on a token
 * @param vocabulary number of tokens
 * @param trainedContext tokens it was trained for
 * @param windows whether some layers see a sliding window only
 */
public record ModelShape(
        long weightBytes,
        long bytesPerToken,
        long weightsPerToken,
        List<Layer> layers,
        long embedding,
        long queries,
        long feedForward,
        long vocabulary,
        long trainedContext,
        boolean windows) {
    private static final int CONTEXT_STEP = 256;
    private static final int PIECE = 512;
    private static final int FLOAT_BYTES = 4;
    private static final int HALF_BYTES = 2;

    /**
     * One layer's share of the cache.
     *
     * @param keys numbers of a token's keys, all heads together
     * @param values numbers of a token's values
     */
    public record Layer(long keys, long values) {}

    public ModelShape {
        layers = List.copyOf(layers);
    }

    /**
     * Reads it from a file's header.
     *
     * @throws FitException if the file does not say what is needed, or keeps its memory in another
     *     way than by keys and values
     */
    public static ModelShape of(GgufFile file) {
        return new ShapeReader(file).shape();
    }

    /**
     * What it takes in memory as this engine loads it: a cell for every token of the context in
     * every layer. Sliding windows save nothing, since the engine keeps the tokens behind the
     * window so that beginnings of prompts can be reused.
     *
     * @param context in tokens; libllama rounds it up to a multiple of 256
     */
    public MemoryNeed need(long context, CacheType type) {
        long cells = Math.ceilDiv(context, CONTEXT_STEP) * CONTEXT_STEP;
        long perToken =
                layers.stream()
                        .flatMap(layer -> Stream.of(layer.keys(), layer.values()))
                        .mapToLong(numbers -> stored(type).bytes(numbers))
                        .sum();
        return new MemoryNeed(weightBytes, cells * perToken, compute(cells));
    }

    static TensorType stored(CacheType type) {
        return switch (type) {
            case F16 -> TensorType.F16;
            case Q8_0 -> TensorType.Q8_0;
            case Q4_0 -> TensorType.Q4_0;
        };
    }

    /**
     * The largest of libllama's peaks for a piece of a prompt: attention or the network behind it,
     * beside the mask of what each token may look at, or the output, when the masks are gone. The
     * numbers of buffers were read off what llama.cpp 0.5.0 says it takes, for models of many
     * shapes.
     */
    private long compute(long cells) {
        long keys = layers.stream().mapToLong(Layer::keys).max().orElse(0);
        long attention = 2 * embedding + 2 * queries + 2 * keys;
        long network = 4 * embedding + 3 * feedForward;
        long masks = HALF_BYTES * cells * (windows ? 2 : 1);
        long output = FLOAT_BYTES * (vocabulary + 4 * embedding);
        return PIECE * Math.max(output, masks + FLOAT_BYTES * Math.max(attention, network));
    }

    /** The longest context whose memory is within a budget, in steps of 256; empty if none is. */
    public OptionalLong longestContext(long budget, CacheType type) {
        long fits = 0;
        long most = trainedContext / CONTEXT_STEP;
        while (fits < most) {
            long tried = (fits + most + 1) / 2;
            if (need(tried * CONTEXT_STEP, type).total() <= budget) {
                fits = tried;
            } else {
                most = tried - 1;
            }
        }
        return fits > 0 ? OptionalLong.of(fits * CONTEXT_STEP) : OptionalLong.empty();
    }

    /** Bytes of a tensor, as far as its type is known. */
    static long bytes(TensorDescriptor tensor) {
        return TensorType.of(tensor.type())
                .orElseThrow(() ->
                        new FitException(
                                "tensor %s has type %d, which is not known here"
                                        .formatted(tensor.name(), tensor.type())))
                .bytes(tensor.elements());
    }
}
