package dev.outrider.cli;

import dev.outrider.ai.llama.ImportanceMatrix;
import dev.outrider.ai.llama.Quantization;
import dev.outrider.ai.llama.Quantizer;
import dev.outrider.codec.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a smaller model of a large one. */
@Command(
        name = "quantize",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a model's weights in fewer bits, which makes it smaller, faster and less"
                    + " exact.",
            "IN has weights in F32, F16 or BF16; OUT appears when it is complete.",
            "From a Hugging Face folder to IN: see ai-engine/hf-to-gguf."
        },
        footer = {"", "Example: outrider quantize model-f16.gguf model-q4.gguf Q4_K_M"})
final class QuantizeCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "IN", description = "A GGUF file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "The GGUF file to write.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path out;

    @Parameters(
            index = "2",
            paramLabel = "TYPE",
            description = "By llama.cpp's names: Q4_0, Q4_K_M, Q5_K_M, Q6_K, Q8_0, F16 and others.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String type;

    @Option(names = "--force", description = "Replace OUT if it exists.")
    private boolean force;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute (default: all cores but one).")
    private int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

    @Option(
            names = "--imatrix",
            paramLabel = "FILE",
            description =
                    "An importance matrix of llama-imatrix (GGUF), by which the weights that matter"
                            + " most are spared.")
    private @Nullable Path importance;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Quantization quantization = quantization();
        checkFiles();
        spec.commandLine().getErr().println("quantizing " + in + " to " + quantization + " …");
        long source = Files.size(in);
        Quantizer.quantize(
                in,
                out,
                quantization,
                threads,
                importance == null ? ImportanceMatrix.none() : ImportanceMatrix.read(importance),
                written ->
                        spec.commandLine()
                                .getErr()
                                .println(
                                        Megabytes.of(written)
                                                + " written, of "
                                                + Megabytes.of(source)
                                                + " before"));
        print(quantization, Files.size(in), Files.size(out));
        return 0;
    }

    private Quantization quantization() {
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads is at least 1");
        }
        try {
            return Quantization.of(type);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void checkFiles() {
        if (!Files.isRegularFile(in)) {
            throw new CommandFailure("there is no model file " + in);
        }
        if (Files.isDirectory(out)) {
            throw new CommandFailure(out + " is a folder; name the file to write");
        }
        if (Files.exists(out) && !force) {
            throw new CommandFailure(out + " exists; --force replaces it");
        }
    }

    private void print(Quantization quantization, long before, long after) {
        String text =
                json
                        ? PlanJson.MAPPER
                                .createObjectNode()
                                .put("file", out.toString())
                                .put("type", quantization.name())
                                .put("bytesBefore", before)
                                .put("bytes", after)
                                .toString()
                        : out + ": " + Megabytes.of(after) + " instead of " + Megabytes.of(before);
        spec.commandLine().getOut().println(text);
    }
}
