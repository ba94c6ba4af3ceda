package dev.outrider.ai.gguf;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a model file says about itself.
 *
 * @param version of the file format, 2 or 3
 * @param metadata by key, in the file's order
 */
public record GgufFile(
        Path path, int version, Map<String, GgufValue> metadata, List<TensorDescriptor> tensors) {

    public GgufFile {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = List.copyOf(tensors);
    }

    /**
     * Reads and checks the header of a file; tensor data is not read.
     *
     * @throws GgufException if the file is missing, truncated, or makes no sense
     */
    public static GgufFile read(Path path) {
        return GgufReader.read(path);
    }

    /** Name of the network's architecture, such as {@code llama}. */
    public Optional<String> architecture() {
        return text("general.architecture");
    }

    /** Tokens of context the model was trained for. */
    public OptionalLong trainedContext() {
        return architecture()
                .map(name -> whole(name + ".context_length"))
                .orElse(OptionalLong.empty());
    }

    /** The Jinja template that turns chat messages into a prompt. */
    public Optional<String> chatTemplate() {
        return text("tokenizer.chat_template");
    }

    public Optional<String> text(String key) {
        return metadata.get(key) instanceof GgufValue.Text(var value)
                ? Optional.of(value)
                : Optional.empty();
    }

    public OptionalLong whole(String key) {
        return metadata.get(key) instanceof GgufValue.Whole(var value)
                ? OptionalLong.of(value)
                : OptionalLong.empty();
    }
}
