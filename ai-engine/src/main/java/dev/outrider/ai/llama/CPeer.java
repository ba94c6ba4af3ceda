package dev.outrider.ai.llama;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A small C program on the same libllama and the same model, compiled on the spot, that does what
 * the engine does whenever it is told to. The two take turns, so whatever else the machine does
 * meets both.
 */
final class CPeer implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    /** Tokens handled in so many seconds. */
    record Timing(int tokens, double seconds, String fingerprint) {
        double perSecond() {
            return tokens / seconds;
        }
    }

    private CPeer(Process process) {
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Compiles and starts it; empty where there is no C compiler. */
    static Optional<CPeer> start(Path folder, Path libraries, Path model, LlamaOptions options)
            throws IOException {
        var program = folder.resolve("peer");
        if (!compiled(folder, libraries, program)) {
            return Optional.empty();
        }
        var command =
                List.of(
                        program.toString(),
                        libraries.toString(),
                        model.toString(),
                        Integer.toString(options.contextTokens()),
                        Integer.toString(options.batchTokens()),
                        Integer.toString(options.microBatchTokens()),
                        Integer.toString(options.threads()),
                        Integer.toString(options.sequences()));
        var peer = new CPeer(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
        if (!"ready".equals(peer.answers.readLine())) {
            peer.close();
            throw new IOException("the C program did not start");
        }
        return Optional.of(peer);
    }

    private static boolean compiled(Path folder, Path libraries, Path program) throws IOException {
        var source = folder.resolve("peer.c");
        try (var stream = CPeer.class.getResourceAsStream("peer.c")) {
            Files.copy(Objects.requireNonNull(stream, "peer.c"), source);
        }
        try (var files = Files.list(libraries)) {
            var linked =
                    files.map(Path::toString)
                            .filter(name ->
                                    name.matches(".*/lib(llama|ggml)\\.(v[0-9.]+\\.)?so.*"));
            var command =
                    Stream.of(
                                    Stream.of(
                                            "cc",
                                            "-O2",
                                            "-o",
                                            program.toString(),
                                            source.toString()),
                                    linked,
                                    Stream.of("-Wl,-rpath," + libraries))
                            .flatMap(part -> part)
                            .toList();
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while compiling", e);
        } catch (IOException e) {
            return false; // no compiler
        }
    }

    Timing prompt(Path text) {
        return timing("prompt " + text);
    }

    Timing generate(Path text, int tokens) {
        return timing("generate %s %d".formatted(text, tokens));
    }

    Timing batch(Path text, int copies, int tokens) {
        return timing("batch %s %d %d".formatted(text, copies, tokens));
    }

    /** Writes all logits after the prompt and each of so many tokens. */
    void logits(Path text, int tokens, Path file) {
        ask("logits %s %d %s".formatted(text, tokens, file));
    }

    /** Most memory it ever had, in MiB. */
    OptionalDouble memory() {
        long kib = Long.parseLong(ask("memory"));
        return kib == 0 ? OptionalDouble.empty() : OptionalDouble.of(kib / 1024.0);
    }

    private Timing timing(String command) {
        var words = ask(command).split(" ", -1);
        return new Timing(
                Integer.parseInt(words[0]),
                Double.parseDouble(words[1]),
                words.length > 2 ? words[2] : "");
    }

    private String ask(String command) {
        try {
            var commands = process.outputWriter(StandardCharsets.UTF_8);
            commands.write(command + "\n");
            commands.flush();
            return Optional.ofNullable(answers.readLine())
                    .orElseThrow(() -> new IOException("the C program ended at: " + command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
