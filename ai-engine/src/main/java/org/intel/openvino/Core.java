package org.intel.openvino;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * OpenVINO's entrance: reads models and makes them for devices. Unlike the library by itself it
 * does not map weight files into memory unless {@code ENABLE_MMAP} is set to {@code YES}: a mapped
 * file that is cut short later would end the process.
 */
@SuppressWarnings("MemberName") // the names of openvino_contrib's API
public final class Core extends Wrapper {
    private static final String AUTO = "AUTO";

    /**
     * @throws OpenVinoException if OpenVINO cannot be used here; the message says why
     */
    public Core() {
        super("Core", create(), Calls.CORE_FREE);
        readFilesIntoMemory();
    }

    /** With the devices that a plugins.xml file names. */
    public Core(String xmlConfigFile) {
        super("Core", create(xmlConfigFile), Calls.CORE_FREE);
        readFilesIntoMemory();
    }

    private static MemorySegment create() {
        NativeLibrary.loadNativeLibs();
        return Calls.made(out -> (int) Calls.CORE_CREATE.invokeExact(out));
    }

    private static MemorySegment create(String xmlConfigFile) {
        NativeLibrary.loadNativeLibs();
        requireFile(xmlConfigFile);
        try (var arena = Arena.ofConfined()) {
            var file = Calls.string(arena, xmlConfigFile);
            return Calls.made(out -> (int) Calls.CORE_CREATE_WITH.invokeExact(file, out));
        }
    }

    private void readFilesIntoMemory() {
        set_property("", Map.of("ENABLE_MMAP", "NO"));
    }

    private static void requireFile(String path) {
        if (!Files.isRegularFile(Path.of(path))) {
            throw new OpenVinoException("there is no file " + path);
        }
    }

    /** Reads IR (.xml), ONNX, TensorFlow (.pb) or TensorFlow Lite (.tflite). */
    public Model read_model(String modelPath) {
        return read(modelPath, "");
    }

    /** Reads IR with its weights from a file of another name. */
    public Model read_model(String modelPath, String weightPath) {
        requireFile(weightPath);
        return read(modelPath, weightPath);
    }

    private Model read(String modelPath, String weightPath) {
        requireFile(modelPath);
        return use(self -> {
            try (var arena = Arena.ofConfined()) {
                var file = Calls.string(arena, modelPath);
                var weights =
                        weightPath.isEmpty() ? MemorySegment.NULL : Calls.string(arena, weightPath);
                return new Model(
                        Calls.made(out -> (int) Calls.READ.invokeExact(self, file, weights, out)));
            }
        });
    }

    /** Reads ONNX from memory. */
    public Model read_model(byte[] model) {
        return use(self -> new Model(read(self, model, MemorySegment.NULL)));
    }

    /** Reads IR from memory: the text and the weights. */
    public Model read_model(byte[] xml, byte[] weights) {
        if (weights.length == 0) {
            return read_model(xml);
        }
        var tensor = new Tensor(ElementType.u8, new int[] {weights.length}, weights);
        return use(self -> {
            var model = new Model(tensor.use(bytes -> read(self, xml, bytes)));
            model.handle().keep(tensor);
            return model;
        });
    }

    private static MemorySegment read(MemorySegment self, byte[] model, MemorySegment weights) {
        if (model.length == 0) {
            throw new IllegalArgumentException("a model of no bytes");
        }
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocateFrom(JAVA_BYTE, model);
            return Calls.made(out ->
                    (int)
                            Calls.READ_BYTES.invokeExact(
                                    self, bytes, (long) model.length, weights, out));
        }
    }

    /** Reads a model and makes it for the device OpenVINO finds best. */
    public CompiledModel compile_model(String path) {
        return compile_model(path, AUTO);
    }

    public CompiledModel compile_model(String path, String device) {
        return compile_model(path, device, Map.of());
    }

    public CompiledModel compile_model(String path, String device, Map<String, String> properties) {
        requireFile(path);
        return use(self -> {
            try (var arena = Arena.ofConfined()) {
                var file = Calls.string(arena, path);
                var name = Calls.string(arena, device);
                var array = Calls.properties(arena, properties);
                long n = properties.size();
                return new CompiledModel(
                        Calls.made(out ->
                                (int)
                                        Calls.COMPILE_FILE.invokeExact(
                                                self, file, name, n, array, out)));
            }
        });
    }

    /** Makes a model for the device OpenVINO finds best. */
    public CompiledModel compile_model(Model model) {
        return compile_model(model, AUTO);
    }

    public CompiledModel compile_model(Model model, String device) {
        return compile_model(model, device, Map.of());
    }

    public CompiledModel compile_model(Model model, String device, Map<String, String> properties) {
        return use(self -> {
            try (var arena = Arena.ofConfined()) {
                var name = Calls.string(arena, device);
                var array = Calls.properties(arena, properties);
                var compiled =
                        model.use(source -> compile(self, source, name, properties.size(), array));
                compiled.handle().keep(model.handle());
                return compiled;
            }
        });
    }

    private static CompiledModel compile(
            MemorySegment self,
            MemorySegment model,
            MemorySegment device,
            long n,
            MemorySegment properties) {
        return new CompiledModel(
                Calls.made(out ->
                        (int) Calls.COMPILE.invokeExact(self, model, device, n, properties, out)));
    }

    /** Takes back what {@link CompiledModel#export_model} wrote. Only import what you exported. */
    public CompiledModel import_model(byte[] exported, String device) {
        if (exported.length == 0) {
            throw new IllegalArgumentException("a compiled model of no bytes");
        }
        return use(self -> {
            try (var arena = Arena.ofConfined()) {
                var bytes = arena.allocateFrom(JAVA_BYTE, exported);
                var name = Calls.string(arena, device);
                return new CompiledModel(
                        Calls.made(out ->
                                (int)
                                        Calls.IMPORT.invokeExact(
                                                self, bytes, (long) exported.length, name, out)));
            }
        });
    }

    /** A property of a device, or of the core itself if the device is empty. */
    public Any get_property(String device, String name) {
        return use(self -> {
            try (var arena = Arena.ofConfined()) {
                var deviceName = Calls.string(arena, device);
                var key = Calls.string(arena, name);
                return new Any(
                        Calls.string(out ->
                                (int)
                                        Calls.CORE_GET_PROPERTY.invokeExact(
                                                self, deviceName, key, out)));
            }
        });
    }

    /** Sets properties of a device, or of the core itself if the device is empty. */
    public void set_property(String device, Map<String, String> prop) {
        use(self -> {
            try (var arena = Arena.ofConfined()) {
                Calls.check(
                        (int)
                                Calls.CORE_SET_PROPERTIES.invokeExact(
                                        self,
                                        Calls.string(arena, device),
                                        (long) prop.size(),
                                        Calls.properties(arena, prop)));
                return null;
            }
        });
    }

    /** Devices that are here, such as {@code CPU}, {@code GPU.0}, {@code NPU}. */
    public List<String> get_available_devices() {
        return use(self -> {
            try (var arena = Arena.ofConfined()) {
                var list = arena.allocate(16, 8);
                Calls.check((int) Calls.CORE_DEVICES.invokeExact(self, list));
                long n = list.get(JAVA_LONG, 8);
                var names = list.get(ADDRESS, 0).reinterpret(n * ADDRESS.byteSize());
                var devices = new ArrayList<String>();
                for (long i = 0; i < n; i++) {
                    devices.add(Calls.text(names.getAtIndex(ADDRESS, i)));
                }
                Calls.DEVICES_FREE.invokeExact(list);
                return devices;
            }
        });
    }

    /** Loads operations of the user's own from a library. */
    public void add_extension(String libraryPath) {
        requireFile(libraryPath);
        use(self -> {
            try (var arena = Arena.ofConfined()) {
                Calls.check(
                        (int)
                                Calls.CORE_EXTENSION.invokeExact(
                                        self, Calls.string(arena, libraryPath)));
                return null;
            }
        });
    }
}
