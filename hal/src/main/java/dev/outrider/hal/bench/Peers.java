package dev.outrider.hal.bench;

import dev.outrider.hal.linux.GpioChip;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The programs Java is measured against: our {@code peer.c}, ready made as {@value #PROGRAM} or
 * compiled here, and libgpiod's gpiomon and gpioset, of version 1 or 2. What is missing is said and
 * left out.
 */
final class Peers implements AutoCloseable {

    private static final String PROGRAM = "outrider-bench-peer";
    private static final long LISTENING_NANOS = Duration.ofMillis(500).toNanos();
    private static final int GPIOSET_TIMES = 40;

    private final @Nullable Path c;
    private final @Nullable Path compiled;
    private final @Nullable Path gpiomon;
    private final @Nullable Path gpioset;
    private final boolean second;

    private Peers(
            @Nullable Path c,
            @Nullable Path compiled,
            @Nullable Path gpiomon,
            @Nullable Path gpioset) {
        this.c = c;
        this.compiled = compiled;
        this.gpiomon = gpiomon;
        this.gpioset = gpioset;
        this.second = gpiomon != null && output(gpiomon.toString(), "--version").contains(" v2.");
    }

    static Peers find(Consumer<String> told) {
        Path ready = onPath(PROGRAM);
        Path compiled = ready == null ? compile(told) : null;
        Path gpiomon = onPath("gpiomon");
        Path gpioset = onPath("gpioset");
        if (gpiomon == null || gpioset == null) {
            told.accept("gpiomon or gpioset is missing (Debian: gpiod): no figures beside them");
        }
        return new Peers(ready == null ? compiled : ready, compiled, gpiomon, gpioset);
    }

    private static @Nullable Path onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String folder : path.split(":", -1)) {
            Path file = Path.of(folder, program);
            if (!folder.isEmpty() && Files.isExecutable(file)) {
                return file;
            }
        }
        return null;
    }

    private static @Nullable Path compile(Consumer<String> told) {
        Path compiler = onPath("cc");
        if (compiler == null) {
            told.accept("no C compiler (Debian: gcc, libc6-dev): no figures beside C");
            return null;
        }
        try (InputStream source = Peers.class.getResourceAsStream("peer.c")) {
            Path folder = Files.createTempDirectory("outrider-bench");
            Path file = folder.resolve("peer.c");
            Files.write(file, Objects.requireNonNull(source, "peer.c").readAllBytes());
            Path program = folder.resolve(PROGRAM);
            String said =
                    output(compiler.toString(), "-O2", "-o", program.toString(), file.toString());
            Files.delete(file);
            if (Files.isExecutable(program)) {
                return program;
            }
            Files.delete(folder);
            told.accept("the C peer does not compile here, no figures beside C: " + said.strip());
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String device(GpioChip chip) {
        return "/dev/" + chip.name();
    }

    /** From the kernel's stamp until a bare C loop has read the event; empty without C. */
    Latencies c(GpioChip chip, int line, int edges, Runnable stimulus) {
        Path program = c;
        if (program == null) {
            return new Latencies();
        }
        return listen(
                List.of(
                        new ProcessBuilder(
                                program.toString(),
                                "edges",
                                device(chip),
                                Integer.toString(line),
                                Integer.toString(edges))),
                0,
                stimulus);
    }

    /**
     * From the kernel's stamp until somebody has read gpiomon's line for it from a pipe: our C
     * peer, so that the time is the tool's; empty without either.
     */
    Latencies gpiomon(GpioChip chip, int line, int edges, Runnable stimulus) {
        Path tool = gpiomon;
        Path reader = c;
        if (tool == null || reader == null) {
            return new Latencies();
        }
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        String count = Integer.toString(edges);
        if (second) {
            command.addAll(List.of("-c", device(chip), "-n", count, "-F", "%S"));
        } else {
            command.addAll(List.of("-b", "-n", count, "-F", "%s.%n", chip.name()));
        }
        command.add(Integer.toString(line));
        return listen(
                List.of(
                        new ProcessBuilder(command),
                        new ProcessBuilder(reader.toString(), "stamp", count)),
                LISTENING_NANOS,
                stimulus);
    }

    private static Latencies listen(
            List<ProcessBuilder> pipeline, long startNanos, Runnable stimulus) {
        try {
            List<Process> processes = ProcessBuilder.startPipeline(pipeline);
            try (BufferedReader out = processes.getLast().inputReader()) {
                String said = out.readLine();
                if (!"ready".equals(said)) {
                    throw new IllegalStateException("the peer did not start: " + said);
                }
                LockSupport.parkNanos(startNanos); // gpiomon does not say when it listens
                stimulus.run();
                // where edges were merged, gpiomon waits for more of them for ever
                if (processes.size() > 1 && !processes.getFirst().waitFor(3, TimeUnit.SECONDS)) {
                    processes.getFirst().destroy();
                }
                return new Latencies(out.lines().mapToLong(Peers::latency).toArray());
            } finally {
                processes.forEach(Process::destroy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static long latency(String line) {
        String[] words = line.split(" ", -1);
        return Long.parseLong(words[1]) - Long.parseLong(words[0]);
    }

    /** Toggles per second of a bare C loop; empty without C. */
    OptionalDouble toggles(GpioChip chip, int line, Duration duration) {
        Path program = c;
        if (program == null) {
            return OptionalDouble.empty();
        }
        String said =
                output(
                        program.toString(),
                        "toggle",
                        device(chip),
                        Integer.toString(line),
                        Double.toString(duration.toNanos() / 1e9));
        return OptionalDouble.of(Double.parseDouble(said.strip()));
    }

    /** Toggles per second where each is a run of gpioset from a shell; empty without it. */
    OptionalDouble gpioset(GpioChip chip, int line) {
        Path tool = gpioset;
        if (tool == null) {
            return OptionalDouble.empty();
        }
        String set =
                second
                        ? "%s -t 0 -c %s %d=$((i %% 2))".formatted(tool, device(chip), line)
                        : "%s %s %d=$((i %% 2))".formatted(tool, chip.name(), line);
        String loop =
                "i=0; while [ $i -lt %d ]; do %s || exit 1; i=$((i+1)); done; echo done"
                        .formatted(GPIOSET_TIMES, set);
        long begin = System.nanoTime();
        String said = output("sh", "-c", loop);
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (!said.strip().equals("done")) {
            throw new IllegalStateException("gpioset failed: " + said.strip());
        }
        return OptionalDouble.of(GPIOSET_TIMES / seconds);
    }

    @Override
    public void close() {
        Path program = compiled;
        if (program != null) {
            try {
                Files.delete(program);
                Files.delete(Optional.ofNullable(program.getParent()).orElseThrow());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
