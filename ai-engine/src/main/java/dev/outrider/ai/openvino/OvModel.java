package dev.outrider.ai.openvino;

import ai.djl.BaseModel;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.intel.openvino.CompiledModel;
import org.intel.openvino.Model;
import org.intel.openvino.OpenVinoException;
import org.jspecify.annotations.Nullable;

/**
 * A model file as a DJL model. The option {@value #DEVICES} names devices in order, {@value
 * #MODEL_CACHE} a folder for compiled models; options in capitals are OpenVINO's own properties.
 */
final class OvModel extends BaseModel {
    static final String DEVICES = "devices";
    static final String MODEL_CACHE = "modelCache";
    private static final List<String> SUFFIXES = List.of(".xml", ".onnx", ".tflite", ".pb");

    OvModel(String name, NDManager manager) {
        super(name);
        this.manager = manager;
        manager.setName("openvinoModel");
        dataType = DataType.FLOAT32;
    }

    @Override
    public void load(Path path, @Nullable String prefix, @Nullable Map<String, ?> options)
            throws IOException, MalformedModelException {
        var file = file(path, prefix == null ? getName() : prefix);
        setModelDir(Files.isDirectory(path) ? path : file.toAbsolutePath().getParent());
        open(options, file.toString(), () -> OpenVino.core().read_model(file.toString()));
    }

    @Override
    public void load(InputStream stream, @Nullable Map<String, ?> options)
            throws IOException, MalformedModelException {
        var bytes = stream.readAllBytes();
        open(options, "the stream", () -> OpenVino.core().read_model(bytes));
    }

    private void open(@Nullable Map<String, ?> options, String source, Supplier<Model> reading)
            throws MalformedModelException {
        if (wasLoaded) {
            throw new IllegalStateException("model %s was loaded before".formatted(getName()));
        }
        try (var model = reading.get()) {
            var placed = compile(model, options == null ? Map.of() : options);
            block = new OvBlock(placed.value(), placed.explanation(), manager);
            wasLoaded = true;
        } catch (OpenVinoException | Devices.RefusedException e) {
            throw new MalformedModelException(
                    "OpenVINO cannot load %s: %s".formatted(source, e.getMessage()), e);
        }
    }

    private static Devices.Placed<CompiledModel> compile(Model model, Map<String, ?> options) {
        var properties = new TreeMap<String, String>();
        options.forEach((key, value) -> {
            if (key.equals(key.toUpperCase(Locale.ROOT))) {
                properties.put(key, String.valueOf(value));
            }
        });
        var devices =
                options.get(DEVICES) == null
                        ? Devices.ANY
                        : Devices.of(String.valueOf(options.get(DEVICES)));
        var core = OpenVino.core();
        var cache =
                options.get(MODEL_CACHE) == null
                        ? null
                        : new ModelCache(Path.of(String.valueOf(options.get(MODEL_CACHE))));
        return devices.place(
                core.get_available_devices(),
                device ->
                        cache == null
                                ? core.compile_model(model, device, properties)
                                : cache.compile(core, model, device, properties));
    }

    private static Path file(Path path, String name) throws IOException {
        if (Files.isRegularFile(path)) {
            return path;
        }
        if (!Files.isDirectory(path)) {
            throw new FileNotFoundException("there is no model file " + path);
        }
        if (Files.isRegularFile(path.resolve(name)) && model(path.resolve(name))) {
            return path.resolve(name);
        }
        for (String suffix : SUFFIXES) {
            if (Files.isRegularFile(path.resolve(name + suffix))) {
                return path.resolve(name + suffix);
            }
        }
        try (var files = Files.list(path)) {
            var models = files.filter(OvModel::model).toList();
            if (models.size() == 1) {
                return models.getFirst();
            }
            throw new FileNotFoundException(
                    "%s holds %d model files (%s) and none is called %s"
                            .formatted(path, models.size(), String.join(", ", SUFFIXES), name));
        }
    }

    private static boolean model(Path file) {
        var name = file.getFileName().toString();
        return SUFFIXES.stream().anyMatch(name::endsWith);
    }
}
