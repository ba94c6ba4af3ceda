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
 * calls in C on the same library, model and thread count, in turns in one run.
 */
public final class OpenVinoBench implements AutoCloseable {
    private static final int ROUNDS = 5;

    private final Path folder;
    private final Optional<Path> peer;
    private final Optional<String> noPeer;

    private OpenVinoBench(Path folder, Optional<Path> peer, Optional<String> noPeer) {
        this.folder = folder;
        this.peer = peer;
        this.noPeer = noPeer;
    }

    /**
     * What was measured.
     *
     * @param microseconds of Java, the median of the rounds' medians
     * @param peerMicroseconds of C; empty without a C compiler
     */
    public record Figure(String name, double microseconds, Optional<Double> peerMicroseconds) {}

    /**
     * Builds the C program, if there is a C compiler.
     *
     * @throws org.intel.openvino.OpenVinoException if OpenVINO cannot be used here
     */
    public static OpenVinoBench prepare() throws IOException {
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
            return new OpenVinoBench(folder, Optional.of(program), Optional.empty());
        } catch (IOException e) {
            return new OpenVinoBench(
                    folder,
                    Optional.empty(),
                    Optional.of("no C program beside: " + e.getMessage()));
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
        var cache = ModelCache.standard().folder();
        var properties = Map.of("INFERENCE_NUM_THREADS", "1", "NUM_STREAMS", "1");
        var java = new ArrayList<Double>();
        var c = new ArrayList<Double>();
        try (var compiled =
                        ModelCache.standard().compile(OpenVino.core(), model, "CPU", properties);
                var request = compiled.create_infer_request()) {
            once(request, type, dims, reps);
            for (int round = 0; round < ROUNDS; round++) {
                java.add(once(request, type, dims, reps));
                if (peer.isPresent()) {
                    c.add(once(peer.get(), model, type, dims, reps, cache));
                }
            }
        }
        return new Figure(
                name, median(java), c.isEmpty() ? Optional.empty() : Optional.of(median(c)));
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
            Path program, Path model, ElementType type, long[] dims, int reps, Path cache)
            throws IOException {
        var shape = Arrays.stream(dims).mapToObj(Long::toString).collect(Collectors.joining(","));
        var said =
                run(
                        List.of(
                                program.toString(),
                                model.toString(),
                                Integer.toString(type.getValue()),
                                shape,
                                Integer.toString(reps),
                                cache.toString()));
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
