package dev.outrider.ai.llama;

import ai.djl.BaseModel;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A GGUF file as a DJL model. */
final class LlamaModel extends BaseModel {
    private @Nullable LoadedModel loaded;

    LlamaModel(String name, NDManager manager) {
        super(name);
        this.manager = manager;
        dataType = DataType.FLOAT32;
    }

    @Override
    public void load(Path path, @Nullable String prefix, @Nullable Map<String, ?> options)
            throws FileNotFoundException {
        var file = file(path, prefix == null ? getName() : prefix);
        loaded = LoadedModel.open(file, LlamaOptions.of(options == null ? Map.of() : options));
        setModelDir(file);
        wasLoaded = true;
        block = new LlamaBlock(loaded);
    }

    private static Path file(Path path, String name) throws FileNotFoundException {
        var file = Files.isDirectory(path) ? path.resolve(withSuffix(name)) : path;
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException("there is no model file " + file);
        }
        return file;
    }

    private static String withSuffix(String name) {
        return name.endsWith(".gguf") ? name : name + ".gguf";
    }

    @Override
    public void close() {
        if (loaded != null) {
            loaded.close();
        }
        super.close();
    }
}
