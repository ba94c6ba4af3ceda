package dev.outrider.ai.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;

import dev.outrider.ai.llama.foreign.BackendCalls;
import dev.outrider.ai.llama.foreign.Layouts;
import dev.outrider.ai.llama.foreign.ModelCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** What libllama is told when it loads a model: where its weights go, and how they come there. */
final class LoadingParams {
    private static final System.Logger LOG = System.getLogger(LoadingParams.class.getName());

    /** Kept for the cache and the program when weights are read. */
    private static final long SPARE_BYTES = 256L << 20;

    /** llama.cpp's own pattern for the tensors of experts. */
    private static final String EXPERTS = "\\.ffn_(up|down|gate|gate_up)_(ch|)exps";

    private static final Map<List<String>, MemorySegment> EXPERTS_ON_CPU =
            new ConcurrentHashMap<>();

    private LoadingParams() {}

    static MemorySegment of(Path file, LlamaOptions options, Arena arena) {
        var params = ModelCalls.defaultParams(arena);
        Layouts.set(Layouts.MODEL_PARAMS, params, "n_gpu_layers", options.gpuLayers());
        boolean mapped = options.mapped() || !isRoomFor(file);
        int mode = mapped ? ModelCalls.MAPPED : ModelCalls.READ;
        Layouts.set(Layouts.MODEL_PARAMS, params, "load_mode", mode);
        if (options.expertLayersOnCpu() != 0) {
            Layouts.set(
                    Layouts.MODEL_PARAMS,
                    params,
                    "tensor_buft_overrides",
                    expertsOnCpu(options.expertLayersOnCpu()));
        }
        return params;
    }

    private static boolean isRoomFor(Path file) {
        try {
            var usable = SystemMemory.read(new SystemFiles(Path.of("/"))).usable();
            boolean room = isRoomFor(Files.size(file), usable);
            if (!room) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} is mapped into memory instead of read, and slower so: its {1} MB do"
                                + " not fit into the {2} MB that are left",
                        file,
                        Files.size(file) >> 20,
                        usable.orElseThrow() >> 20);
            }
            return room;
        } catch (IOException e) {
            throw new LlamaException("cannot read the size of " + file, e);
        }
    }

    /**
     * Weights that are read cannot be dropped again: the kernel would end the process.
     *
     * @param usable bytes of memory; empty if unknown
     */
    static boolean isRoomFor(long weights, OptionalLong usable) {
        return usable.isEmpty() || weights + SPARE_BYTES <= usable.getAsLong();
    }

    /**
     * Pairs of a pattern of tensor names and a kind of memory, the last one empty. They are few,
     * and libllama keeps the pointer as long as the model, so they are left for good.
     */
    private static MemorySegment expertsOnCpu(int layers) {
        var blocks =
                layers == LlamaOptions.ALL_LAYERS
                        ? List.of("")
                        : IntStream.range(0, layers).mapToObj("blk\\.%d"::formatted).toList();
        return EXPERTS_ON_CPU.computeIfAbsent(blocks, LoadingParams::overrides);
    }

    private static MemorySegment overrides(List<String> blocks) {
        var arena = Arena.global();
        var pairs = arena.allocate(ADDRESS, 2L * (blocks.size() + 1));
        for (int i = 0; i < blocks.size(); i++) {
            pairs.setAtIndex(ADDRESS, 2L * i, arena.allocateFrom(blocks.get(i) + EXPERTS));
            pairs.setAtIndex(ADDRESS, 2L * i + 1, BackendCalls.cpuBufferType());
        }
        return pairs;
    }
}
