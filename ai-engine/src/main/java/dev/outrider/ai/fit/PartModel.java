package dev.outrider.ai.fit;

import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.gguf.GgufValue;
import dev.outrider.ai.gguf.GgufWriter;
import dev.outrider.ai.gguf.TensorDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Writes some of a model's layers as a model of its own, without a vocabulary. It computes nothing
 * of worth, in the time that so many layers take: the layers are taken evenly from all, since some
 * quantizations give the first and last more bits, and have their own weights, since processors
 * compute with zeros about a tenth faster.
 */
final class PartModel {
    private static final Pattern LAYER = Pattern.compile("blk\\.(\\d{1,4})\\.(.*)");

    /** Of the vocabulary too, but BERT's table of that length needs it. */
    private static final String TOKEN_TYPES = "tokenizer.ggml.token_type_count";

    private PartModel() {}

    static Path write(GgufFile file, int layers, Path target) throws IOException {
        var architecture = file.architecture().orElseThrow();
        long all = file.whole(architecture + ".block_count").orElse(0);
        var writer = new GgufWriter().put("general.architecture", architecture);
        for (var entry : file.metadata().entrySet()) {
            if (entry.getKey().startsWith(architecture + ".")) {
                put(writer, entry.getKey(), entry.getValue(), architecture, layers);
            }
        }
        writer.put("tokenizer.ggml.model", "no_vocab");
        file.whole(TOKEN_TYPES).ifPresent(count -> writer.put(TOKEN_TYPES, Math.toIntExact(count)));
        if (file.whole(architecture + ".vocab_size").isEmpty()) {
            writer.put(architecture + ".vocab_size", vocabulary(file));
        }
        file.tensors().forEach(tensor -> put(writer, file, tensor, all, layers));
        writer.write(target);
        return target;
    }

    private static void put(
            GgufWriter writer, String key, GgufValue value, String architecture, int layers) {
        switch (value) {
            case GgufValue.Whole(var number) ->
                    writer.put(
                            key,
                            key.equals(architecture + ".block_count")
                                    ? layers
                                    : Math.toIntExact(number));
            case GgufValue.Real(var number) -> writer.put(key, (float) number);
            case GgufValue.Flag(var flag) -> writer.put(key, flag);
            case GgufValue.Text(var text) -> writer.put(key, text);
            case GgufValue.Array(var length) -> {
                // shapes that differ layer by layer are refused before
            }
        }
    }

    private static int vocabulary(GgufFile file) {
        return file.tensors().stream()
                .filter(tensor -> tensor.name().equals("token_embd.weight"))
                .map(tensor -> Math.toIntExact(tensor.dimensions().getLast()))
                .findFirst()
                .orElseThrow(() -> new FitException("no tensor token_embd.weight"));
    }

    private static void put(
            GgufWriter writer, GgufFile file, TensorDescriptor tensor, long all, int layers) {
        var layer = LAYER.matcher(tensor.name());
        if (!layer.matches()) {
            writer.copy(tensor.name(), file, tensor);
            return;
        }
        long number = Long.parseLong(layer.group(1));
        for (int i = 0; i < layers; i++) {
            if (i * all / layers == number) {
                writer.copy("blk.%d.%s".formatted(i, layer.group(2)), file, tensor);
            }
        }
    }
}
