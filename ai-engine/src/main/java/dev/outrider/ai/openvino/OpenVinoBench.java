package dev.outrider.ai.openvino;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.outrider.ai.catalogue.CacheFolder;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.intel.openvino.ElementType;
import org.intel.openvino.InferRequest;
import org.intel.openvino.NativeLibrary;
import org.intel.openvino.Tensor;

/**
 * What a call costs from Java: setting an input, computing and reading the output, beside the same
 * calls in C on the same library, model and thread count, and in Python where that has OpenVINO, in
 * turns in one run. And what a model costs to open.
 */
public final class OpenVinoBench implements AutoCloseable {
    private static final int ROUNDS = 5;
    private static final int OPENINGS = 3;

    private final Path folder;
    private final Optional<Path> peer;
    private final Optional<String> noPeer;
    private final Optional<String> python;

    private OpenVinoBench(
            Path folder, Optional<Path> peer, Optional<String> noPeer, Optional<String> python) {
        this.folder = folder;
        this.peer = peer;
        this.noPeer = noPeer;
        this.python = python;
    }

    /**
     * What was measured.
     *
     * @param value the median of the rounds' medians
     * @param peer the same of C; empty if there is none
     * @param python the same of Python's openvino; empty if there is none
     */
    public record Figure(
            String name,
            double value,
            String unit,
            Optional<Double> peer,
            Optional<Double> python) {
        /** A figure with nothing beside it. */
        public Figure(String name, double value, String unit) {
            this(name, value, unit, Optional.empty(), Optional.empty());
        }
    }

    /** Builds the C program, if there is a C compiler; without Python. */
    public static OpenVinoBench prepare() throws IOException {
        return prepare(Optional.empty());
    }

    /**
     * Builds the C program, if there is a C compiler.
     *
     * @param python an interpreter that has the package openvino
     * @throws org.intel.openvino.OpenVinoException if OpenVINO cannot be used here
     */
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    public static OpenVinoBench prepare(Optional<String> python) throws IOException {
        var libraries = NativeLibrary.folder();
        var folder = CacheFolder.standard().work();
        var source = copy(folder, "bench.c");
        var program = folder.resolve("bench");
        var library = library(libraries);
        try {
            run(
                    List.of(
                            "cc",
                            "-O2",
                            "-o",
                            program.toString(),
                            source.toString(),
                            library.toString(),
                            "-Wl,-rpath," + libraries,
                            "-Wl,-rpath-link," + libraries));
            return new OpenVinoBench(folder, Optional.of(program), Optional.empty(), python);
        } catch (IOException e) {
            return new OpenVinoBench(
                    folder,
                    Optional.empty(),
                    Optional.of("no C program beside: " + e.getMessage()),
                    python);
        }
    }

    private static Path library(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith("libopenvino_c.so"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Path copy(Path folder, String resource) throws IOException {
        try (var content =
                Objects.requireNonNull(OpenVinoBench.class.getResourceAsStream(resource))) {
            var file = folder.resolve(resource);
            Files.copy(content, file);
            return file;
        }
    }

    private static String run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command.getFirst() + " failed: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return said.strip();
    }

    /** Why there is nothing to compare with; empty if there is. */
    public Optional<String> noPeer() {
        return noPeer;
    }

    /** A model of two operations: what remains is the cost of the calls. */
    public Figure tiny() throws IOException {
        return measure(
                "tiny", copy(folder, "tiny.xml"), ElementType.f32, new long[] {1, 3, 16, 16}, 4000);
    }

    /** A real detector on a picture of 300 x 300. */
    public Figure detector(Path model) throws IOException {
        return measure("detector", model, ElementType.u8, new long[] {1, 300, 300, 3}, 12);
    }

    private Figure measure(String name, Path model, ElementType type, long[] dims, int reps)
            throws IOException {
        var cache = new ModelCache(folder.resolve("cache"));
        var properties = Map.of("INFERENCE_NUM_THREADS", "1", "NUM_STREAMS", "1");
        var java = new ArrayList<Double>();
        var c = new ArrayList<Double>();
        var others = new ArrayList<Double>();
        var script = python.isPresent() ? Optional.of(script()) : Optional.<Path>empty();
        try (var compiled = cache.compile(OpenVino.core(), model, "CPU", properties);
                var request = compiled.create_infer_request()) {
            once(request, type, dims, reps);
            for (int round = 0; round < ROUNDS; round++) {
                java.add(once(request, type, dims, reps));
                if (peer.isPresent()) {
                    var number = Integer.toString(type.getValue());
                    c.add(
                            once(
                                    List.of(peer.get().toString()),
                                    model,
                                    number,
                                    dims,
                                    reps,
                                    cache.folder()));
                }
                if (script.isPresent()) {
                    var program = List.of(python.orElseThrow(), script.get().toString());
                    others.add(once(program, model, type.name(), dims, reps, cache.folder()));
                }
            }
        }
        return new Figure(
                name, median(java), "µs", median(c, c.isEmpty()), median(others, others.isEmpty()));
    }

    private Path script() throws IOException {
        var script = folder.resolve("bench.py");
        return Files.isRegularFile(script) ? script : copy(folder, "bench.py");
    }

    private static Optional<Double> median(List<Double> values, boolean none) {
        return none ? Optional.empty() : Optional.of(median(values));
    }

    /**
     * What a model costs to open: compiled anew and from the cache, the first answer and later
     * ones, and the memory it takes. One thread, as for the other figures.
     */
    public List<Figure> opening(Path model) throws IOException {
        var cold = new ArrayList<Double>();
        var cached = new ArrayList<Double>();
        var first = new ArrayList<Double>();
        var later = new ArrayList<Double>();
        long before = residentBytes();
        long memory = 0;
        for (int round = 0; round < OPENINGS; round++) {
            var cache = new ModelCache(folder.resolve("cache" + round));
            open(cache, model, cold, first, later);
            memory = Math.max(memory, residentBytes() - before);
            open(cache, model, cached, new ArrayList<>(), later);
        }
        return List.of(
                new Figure("compile", median(cold), "ms"),
                new Figure("compile_cached", median(cached), "ms"),
                new Figure("first_answer", median(first), "ms"),
                new Figure("later_answers", median(later), "ms"),
                new Figure("memory", memory / 1048576.0, "MiB"));
    }

    private static void open(
            ModelCache cache,
            Path model,
            List<Double> compiling,
            List<Double> first,
            List<Double> later) {
        long start = System.nanoTime();
        var properties = Map.of("INFERENCE_NUM_THREADS", "1", "NUM_STREAMS", "1");
        try (var compiled = cache.compile(OpenVino.core(), model, "CPU", properties);
                var request = compiled.create_infer_request()) {
            compiling.add((System.nanoTime() - start) / 1e6);
            request.set_input_tensor(0, new Tensor(ElementType.u8, 1, 300, 300, 3));
            for (int k = 0; k < 4; k++) {
                long asked = System.nanoTime();
                request.infer();
                (k == 0 ? first : later).add((System.nanoTime() - asked) / 1e6);
            }
        }
    }

    private static long residentBytes() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static double once(InferRequest request, ElementType type, long[] dims, int reps) {
        var times = new double[reps];
        long bytes = Arrays.stream(dims).reduce(4, Math::multiplyExact);
        int sum = 0;
        try (var arena = Arena.ofShared()) {
            var host = arena.allocate(bytes, 64);
            for (int k = -reps / 2; k < reps; k++) {
                long start = System.nanoTime();
                sum += infer(request, type, dims, host, k);
                if (k >= 0) {
                    times[k] = (System.nanoTime() - start) / 1e3;
                }
            }
        }
        if (sum == 1 << 30) {
            throw new IllegalStateException("the outputs were not read");
        }
        Arrays.sort(times);
        return times[reps / 2];
    }

    private static int infer(
            InferRequest request, ElementType type, long[] dims, MemorySegment host, int k) {
        host.set(JAVA_BYTE, 0, (byte) k);
        try (var input = new Tensor(type, dims, host)) {
            request.set_input_tensor(0, input);
        }
        request.infer();
        try (var output = request.get_output_tensor(0)) {
            return output.read(bytes -> (int) bytes.get(JAVA_BYTE, 0));
        }
    }

    private static double once(
            List<String> program, Path model, String type, long[] dims, int reps, Path cache)
            throws IOException {
        var shape = Arrays.stream(dims).mapToObj(Long::toString).collect(Collectors.joining(","));
        var command = new ArrayList<>(program);
        command.addAll(
                List.of(model.toString(), type, shape, Integer.toString(reps), cache.toString()));
        var said = run(command);
        return Double.parseDouble(said) / 1e3;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Override
    public void close() throws IOException {
        CacheFolder.delete(folder);
    }
}
