package dev.outrider.ai.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.outrider.ai.gguf.GgufException;
import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.gguf.TensorDescriptor;
import dev.outrider.ai.gguf.TensorType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much each column of a model's weights matters, measured over text by llama.cpp's {@code
 * llama-imatrix}, so that a quantization can spare the ones that matter most.
 *
 * @param columns mean square of what goes in, by tensor
 */
public record ImportanceMatrix(Map<String, float[]> columns) {
    private static final String SUMS = ".in_sum2";
    private static final String COUNTS = ".counts";

    /** {@code llama_model_imatrix_data}: a list of these ends with a name that is NULL. */
    private static final StructLayout DATA =
            MemoryLayout.structLayout(
                    ADDRESS.withName("name"), ADDRESS.withName("data"), JAVA_LONG.withName("size"));

    public ImportanceMatrix {
        columns = Map.copyOf(columns);
    }

    /** All columns matter alike. */
    public static ImportanceMatrix none() {
        return new ImportanceMatrix(Map.of());
    }

    /**
     * Reads a GGUF file that {@code llama-imatrix} wrote.
     *
     * @throws LlamaException if it is none, or damaged; the format before GGUF is not read
     */
    public static ImportanceMatrix read(Path path) {
        try {
            var file = GgufFile.read(path);
            if (!file.text("general.type").orElse("").equals("imatrix")) {
                throw new LlamaException(path + " is a GGUF file, but no importance matrix");
            }
            return new ImportanceMatrix(columns(file));
        } catch (GgufException e) {
            throw new LlamaException(
                    "%s is no importance matrix (files written before GGUF was used for them are not read): %s"
                            .formatted(path, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new LlamaException("could not read " + path + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, float[]> columns(GgufFile file) throws IOException {
        var tensors =
                file.tensors().stream()
                        .collect(Collectors.toMap(TensorDescriptor::name, tensor -> tensor));
        var columns = new LinkedHashMap<String, float[]>();
        for (TensorDescriptor sums : file.tensors()) {
            if (sums.name().endsWith(SUMS)) {
                var name = sums.name().substring(0, sums.name().length() - SUMS.length());
                var counts = tensors.get(name + COUNTS);
                if (counts == null || sums.type() != TensorType.F32.code()) {
                    throw new LlamaException(
                            "%s: %s has no counts, or is not F32".formatted(file.path(), name));
                }
                columns.put(name, means(file.floats(sums), file.floats(counts), name));
            }
        }
        if (columns.isEmpty()) {
            throw new LlamaException(file.path() + " holds no importance of any tensor");
        }
        return columns;
    }

    /** Of mixtures, each expert has its own stretch of sums and its own count. */
    private static float[] means(float[] sums, float[] counts, String name) {
        if (counts.length == 0 || sums.length % counts.length != 0) {
            throw new LlamaException(
                    "%s: %d sums for %d counts".formatted(name, sums.length, counts.length));
        }
        int stretch = sums.length / counts.length;
        var means = new float[sums.length];
        for (int i = 0; i < means.length; i++) {
            float count = counts[i / stretch];
            means[i] = count > 0 ? sums[i] / count : 1; // never used: nothing is known
            if (!(means[i] >= 0 && means[i] < Float.POSITIVE_INFINITY)) {
                throw new LlamaException("%s: an importance of %s".formatted(name, means[i]));
            }
        }
        return means;
    }

    /** The library trusts the sizes; a matrix of another model would be read past its end. */
    void requireFit(GgufFile model) {
        var sizes = new HashMap<String, Long>();
        for (TensorDescriptor tensor : model.tensors()) {
            long experts = tensor.dimensions().size() > 2 ? tensor.dimensions().get(2) : 1;
            sizes.put(tensor.name(), tensor.dimensions().getFirst() * experts);
        }
        columns.forEach((name, values) -> {
            var size = sizes.get(name);
            if (size != null && size != values.length) {
                throw new LlamaException(
                        "the importance matrix is of another model: %s has %d columns there and %d here"
                                .formatted(name, values.length, size));
            }
        });
        if (!columns.isEmpty() && columns.keySet().stream().noneMatch(sizes::containsKey)) {
            throw new LlamaException(
                    "the importance matrix is of another model: it has none of its tensors");
        }
    }

    /** The list as the library takes it, NULL for none; lives as long as the arena. */
    MemorySegment pass(Arena arena) {
        if (columns.isEmpty()) {
            return MemorySegment.NULL;
        }
        var list = arena.allocate(DATA, columns.size() + 1L);
        int i = 0;
        for (var column : columns.entrySet()) {
            var data = list.asSlice(DATA.byteSize() * i++, DATA);
            data.set(ADDRESS, 0, arena.allocateFrom(column.getKey()));
            data.set(ADDRESS, 8, arena.allocateFrom(JAVA_FLOAT, column.getValue()));
            data.set(JAVA_LONG, 16, column.getValue().length);
        }
        return list;
    }
}
