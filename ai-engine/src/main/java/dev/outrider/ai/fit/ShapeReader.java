package dev.outrider.ai.fit;

import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.gguf.GgufValue;
import dev.outrider.ai.gguf.TensorDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds what decides a model's memory, in its tensors where they show it, else in metadata. */
final class ShapeReader {
    private static final String TABLE = "token_embd.weight";

    /** Beyond these a file makes no sense, and products would overflow. */
    private static final long MOST_LAYERS = 512;

    private static final long MOST_WIDTH = 1 << 20;
    private static final long MOST_NUMBER = 1 << 30;

    private final GgufFile file;
    private final String architecture;
    private final Map<String, TensorDescriptor> tensors;

    ShapeReader(GgufFile file) {
        this.file = file;
        architecture = file.architecture().orElseThrow(() -> missing("general.architecture"));
        tensors =
                file.tensors().stream()
                        .collect(
                                Collectors.toMap(
                                        TensorDescriptor::name,
                                        Function.identity(),
                                        (one, other) -> {
                                            throw missing("single tensor " + one.name());
                                        }));
    }

    ModelShape shape() {
        refuseOtherMemories();
        long embedding = required("embedding_length");
        return new ModelShape(
                file.tensors().stream().mapToLong(ModelShape::bytes).sum(),
                file.tensors().stream().mapToLong(this::readPerToken).sum(),
                file.tensors().stream().mapToLong(this::usedPerToken).sum(),
                layers(embedding),
                embedding,
                queries(embedding),
                feedForward(embedding),
                vocabulary(),
                required("context_length"),
                whole("attention.sliding_window").orElse(0) > 0);
    }

    private void refuseOtherMemories() {
        for (String name : file.metadata().keySet()) {
            if (name.startsWith(key("ssm."))
                    || name.startsWith(key("wkv."))
                    || name.equals(key("attention.kv_lora_rank"))) {
                throw new FitException(
                        "%s keeps its memory in a way that is not computed here (%s)"
                                .formatted(file.path(), name));
            }
        }
    }

    private List<ModelShape.Layer> layers(long embedding) {
        var layers = new ArrayList<ModelShape.Layer>();
        long count = atMost(MOST_LAYERS, required("block_count"), "block_count");
        for (long i = 0; i < count; i++) {
            layers.add(
                    new ModelShape.Layer(
                            width(i, "attn_k", "attention.key_length", embedding),
                            width(i, "attn_v", "attention.value_length", embedding)));
        }
        return layers;
    }

    private long width(long layer, String tensor, String headSize, long embedding) {
        var weights = tensors.get("blk.%d.%s.weight".formatted(layer, tensor));
        if (weights != null && weights.dimensions().size() == 2) {
            return atMost(MOST_WIDTH, weights.dimensions().get(1), tensor);
        }
        long heads = required("attention.head_count");
        if (heads < 1) {
            throw missing(key("attention.head_count"));
        }
        return atMost(
                MOST_WIDTH, sharedHeads(heads) * whole(headSize).orElse(embedding / heads), tensor);
    }

    private long sharedHeads(long heads) {
        if (file.metadata().get(key("attention.head_count_kv")) instanceof GgufValue.Array) {
            throw new FitException(
                    file.path() + " names its heads layer by layer, which is not computed here");
        }
        return whole("attention.head_count_kv").orElse(heads);
    }

    private long queries(long embedding) {
        long heads = required("attention.head_count");
        return atMost(
                MOST_WIDTH,
                heads * whole("attention.key_length").orElse(embedding / heads),
                "attention.head_count");
    }

    private long feedForward(long embedding) {
        long dense = whole("feed_forward_length").orElse(4 * embedding);
        long experts = whole("expert_used_count").orElse(0);
        long shared = whole("expert_shared_feed_forward_length").orElse(0);
        return experts == 0
                ? dense
                : Math.max(experts * whole("expert_feed_forward_length").orElse(dense), shared);
    }

    private long readPerToken(TensorDescriptor tensor) {
        return perToken(tensor, ModelShape.bytes(tensor));
    }

    private long usedPerToken(TensorDescriptor tensor) {
        return perToken(tensor, tensor.elements());
    }

    private long perToken(TensorDescriptor tensor, long amount) {
        if (tensor.name().equals(TABLE) && tensors.containsKey("output.weight")) {
            return 0;
        }
        long experts = whole("expert_count").orElse(0);
        return tensor.name().contains("_exps.") && experts > 0
                ? amount * whole("expert_used_count").orElse(experts) / experts
                : amount;
    }

    private long vocabulary() {
        var table = tensors.get(TABLE);
        if (table == null || table.dimensions().size() != 2) {
            throw missing("tensor " + TABLE);
        }
        return table.dimensions().get(1);
    }

    private long required(String name) {
        return whole(name).orElseThrow(() -> missing(key(name)));
    }

    private OptionalLong whole(String name) {
        var value = file.whole(key(name));
        value.ifPresent(number -> atMost(MOST_NUMBER, number, name));
        return value;
    }

    private long atMost(long most, long value, String name) {
        if (value < 0 || value > most) {
            throw new FitException("%s: %s cannot be %d".formatted(file.path(), key(name), value));
        }
        return value;
    }

    private String key(String name) {
        return architecture + "." + name;
    }

    private FitException missing(String what) {
        return new FitException(
                "%s has no usable %s: what it needs cannot be computed"
                        .formatted(file.path(), what));
    }
}
