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
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Makes smaller models of large ones. */
public final class Quantizer {
    private static final Set<Integer> EXACT =
            Set.of(TensorType.F32.code(), TensorType.F16.code(), TensorType.BF16.code());

    private Quantizer() {}

    /** Told how far a quantization got, on a thread of its own; bytes of the source are its end. */
    @FunctionalInterface
    public interface Watcher {
        void written(long bytes);
    }

    /**
     * Writes a quantized copy of a model; takes minutes for a large one. The target appears only
     * when it is complete.
     *
     * @param source with weights in F32, F16 or BF16
     * @throws LlamaException if the source is unusable or quantized already, or the target cannot
     *     be written
     */
    public static void quantize(Path source, Path target, Quantization type, int threads) {
        quantize(source, target, type, threads, ImportanceMatrix.none(), bytes -> {});
    }

    /**
     * The same, telling how it gets on, and sparing the weights that matter most.
     *
     * @param importance of the weights' columns, by tensor
     */
    public static void quantize(
            Path source,
            Path target,
            Quantization type,
            int threads,
            ImportanceMatrix importance,
            Watcher watcher) {
        Llama.require();
        var header = ModelHeader.read(source).file();
        checkSource(header);
        importance.requireFit(header);
        var unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        try {
            if (Files.exists(target) && Files.isSameFile(source, target)) {
                throw new LlamaException("a model cannot be quantized onto itself: " + source);
            }
            try (var watch = new Watch(unfinished, watcher)) {
                watch.start();
                run(source, unfinished, type, threads, importance);
            }
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

    /** The library tells nobody how far it is, but the file it writes grows. */
    private static final class Watch implements AutoCloseable {
        private static final Duration PERIOD = Duration.ofMillis(500);

        private final Path file;
        private final Watcher watcher;
        private final CountDownLatch ended = new CountDownLatch(1);
        private final Thread thread;

        Watch(Path file, Watcher watcher) {
            this.file = file;
            this.watcher = watcher;
            thread = Thread.ofVirtual().unstarted(this::watch);
        }

        void start() {
            thread.start();
        }

        private void watch() {
            try {
                while (!ended.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                    watcher.written(Files.exists(file) ? Files.size(file) : 0);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                // the file is gone: whoever quantizes says why
            }
        }

        @Override
        public void close() {
            ended.countDown();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void run(
            Path source, Path target, Quantization type, int threads, ImportanceMatrix importance) {
        try (var arena = Arena.ofConfined()) {
            var params = ModelCalls.defaultQuantizeParams(arena);
            Layouts.set(Layouts.QUANTIZE_PARAMS, params, "ftype", type.code());
            Layouts.set(Layouts.QUANTIZE_PARAMS, params, "nthread", threads);
            Layouts.set(Layouts.QUANTIZE_PARAMS, params, "imatrix", importance.pass(arena));
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
