package dev.outrider.ai.llama.foreign;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.PaddingLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Refuses a library whose structs are not ours. Later versions of llama.cpp insert members, so the
 * version string, the well-known defaults at our offsets, and (where the calling convention allows)
 * the number of bytes really written must all agree.
 */
final class AbiGuard {
    private static final byte PAINT = (byte) 0xA5;
    private static final int MARGIN_BYTES = 256;

    private AbiGuard() {}

    static void check() {
        var problems = new ArrayList<String>();
        if (!BackendCalls.version().equals(LlamaLibrary.VERSION)) {
            problems.add(
                    "it is version %s, version %s is needed"
                            .formatted(BackendCalls.version(), LlamaLibrary.VERSION));
        }
        try (var arena = Arena.ofConfined()) {
            problems.addAll(modelParams(arena));
            problems.addAll(contextParams(arena));
            problems.addAll(quantizeParams(arena));
        }
        if (!problems.isEmpty()) {
            throw new AbiException("libllama is not usable: " + String.join("; ", problems));
        }
    }

    private static List<String> modelParams(Arena arena) {
        var defaults =
                Map.of(
                        "n_gpu_layers", "-1",
                        "split_mode", "1",
                        "load_mode", "-1",
                        "lazy_mode", "1",
                        "use_extra_bufts", "1",
                        "load_mtp", "0");
        return problems(
                "llama_model_default_params",
                Layouts.MODEL_PARAMS,
                ModelCalls.defaultParams(arena),
                defaults,
                arena);
    }

    private static List<String> contextParams(Arena arena) {
        var defaults =
                Map.of(
                        "n_ctx", "512",
                        "n_batch", "2048",
                        "n_ubatch", "512",
                        "n_seq_max", "1",
                        "flash_attn_type", "-1",
                        "defrag_thold", "-1.0",
                        "type_k", "1",
                        "type_v", "1",
                        "offload_kqv", "1");
        return problems(
                "llama_context_default_params",
                Layouts.CONTEXT_PARAMS,
                ContextCalls.defaultParams(arena),
                defaults,
                arena);
    }

    private static List<String> quantizeParams(Arena arena) {
        var defaults =
                Map.of("ftype", "7", "output_tensor_type", "43", "quantize_output_tensor", "1");
        return problems(
                "llama_model_quantize_default_params",
                Layouts.QUANTIZE_PARAMS,
                ModelCalls.defaultQuantizeParams(arena),
                defaults,
                arena);
    }

    private static List<String> problems(
            String function,
            StructLayout layout,
            MemorySegment struct,
            Map<String, String> defaults,
            Arena arena) {
        var problems = new ArrayList<String>();
        defaults.forEach((member, expected) -> {
            var actual = member(layout, struct, member);
            if (!actual.equals(expected)) {
                problems.add(
                        "%s sets %s to %s, not %s".formatted(function, member, actual, expected));
            }
        });
        if (System.getProperty("os.arch").equals("amd64")) {
            problems.addAll(sizeProblem(function, layout, arena));
        }
        return problems;
    }

    private static String member(StructLayout layout, MemorySegment struct, String name) {
        var path = MemoryLayout.PathElement.groupElement(name);
        long offset = layout.byteOffset(path);
        return switch (layout.select(path)) {
            case ValueLayout.OfInt value -> Integer.toString(struct.get(value, offset));
            case ValueLayout.OfFloat value -> Float.toString(struct.get(value, offset));
            default -> Byte.toString(struct.get(JAVA_BYTE, offset));
        };
    }

    /**
     * In the System V convention of x86-64 a large struct is returned through a pointer passed as
     * the first argument, so the function can be handed a painted buffer larger than our struct.
     */
    private static List<String> sizeProblem(String function, StructLayout layout, Arena arena) {
        var buffer = arena.allocate(layout.byteSize() + MARGIN_BYTES, 16).fill(PAINT);
        var handle = Downcalls.returning(ADDRESS, function, ADDRESS);
        try {
            var written = (MemorySegment) handle.invokeExact(buffer);
            if (written.address() != buffer.address()) {
                return List.of(function + " does not return its struct through a pointer");
            }
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
        long end = buffer.byteSize();
        while (end > 0 && buffer.get(JAVA_BYTE, end - 1) == PAINT) {
            end--;
        }
        long tail =
                layout.memberLayouts().getLast() instanceof PaddingLayout padding
                        ? padding.byteSize()
                        : 0;
        return end > layout.byteSize() || end < layout.byteSize() - tail
                ? List.of("%s writes %d bytes, not %d".formatted(function, end, layout.byteSize()))
                : List.of();
    }
}
