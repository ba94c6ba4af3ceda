package dev.outrider.ai.llama;

import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.gguf.TensorDescriptor;
import dev.outrider.ai.gguf.TensorType;
import dev.outrider.ai.llama.foreign.Layouts;
import dev.outrider.ai.llama.foreign.ModelCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/** Makes smaller models of large ones. */
public final class Quantizer {
    private static final Set<Integer> EXACT =
            Set.of(TensorType.F32.code(), TensorType.F16.code(), TensorType.BF16.code());

    private Quantizer() {}

    /**
     * Writes a quantized copy of a model; takes minutes for a large one. The target appears only
     * when it is complete.
     *
     * @param source with weights in F32, F16 or BF16
     * @throws LlamaException if the source is unusable or quantized already, or the target cannot
     *     be written
     */
    public static void quantize(Path source, Path target, Quantization type, int threads) {
        Llama.require();
        checkSource(ModelHeader.read(source).file());
        var unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        try {
            if (Files.exists(target) && Files.isSameFile(source, target)) {
                throw new LlamaException("a model cannot be quantized onto itself: " + source);
            }
            run(source, unfinished, type, threads);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LlamaException("could not write " + target + ": " + e.getMessage(), e);
        } finally {
            delete(unfinished);
        }
    }

    private static void checkSource(GgufFile header) {
        header.tensors().stream()
                .map(TensorDescriptor::type)
                .filter(type -> !EXACT.contains(type))
                .findFirst()
                .ifPresent(type -> {
                    throw new LlamaException(
                            "%s is quantized already (%s): quantize from its F32, F16 or BF16 original"
                                    .formatted(
                                            header.path(),
                                            TensorType.of(type)
                                                    .map(TensorType::name)
                                                    .orElse("type " + type)));
                });
    }

    private static void run(Path source, Path target, Quantization type, int threads) {
        try (var arena = Arena.ofConfined()) {
            var params = ModelCalls.defaultQuantizeParams(arena);
            Layouts.set(Layouts.QUANTIZE_PARAMS, params, "ftype", type.code());
            Layouts.set(Layouts.QUANTIZE_PARAMS, params, "nthread", threads);
            int result =
                    ModelCalls.quantize(
                            arena.allocateFrom(source.toString()),
                            arena.allocateFrom(target.toString()),
                            params);
            if (result != 0) {
                throw new LlamaException(
                        "libllama could not quantize %s to %s: its architecture is unknown, or the disk is full (-D%s=true shows why)"
                                .formatted(source, type, Llama.NATIVE_LOG));
            }
        }
    }

    private static void delete(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            throw new LlamaException("could not remove " + unfinished, e);
        }
    }
}
