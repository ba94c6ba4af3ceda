package dev.outrider.ai.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the user's package clients. Neither command runs code of the package it fetches: npm is told
 * to ignore scripts, pip to take nothing but wheels.
 */
final class CommandLineClient implements PackageClient {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final int QUOTED_LINES = 3;

    private final List<List<String>> npm;
    private final List<List<String>> pip;
    private final List<List<String>> maven;

    CommandLineClient() {
        this(
                List.of(List.of("npm")),
                List.of(List.of("pip"), List.of("pip3"), List.of("python3", "-m", "pip")),
                List.of(List.of("mvn")));
    }

    /** Each client by the ways to call it, of which the first that starts is taken. */
    CommandLineClient(List<List<String>> npm, List<List<String>> pip, List<List<String>> maven) {
        this.npm = npm;
        this.pip = pip;
        this.maven = maven;
    }

    @Override
    public Path download(PackageRef reference, Path folder) {
        var log = folder.resolveSibling(folder.getFileName() + ".log");
        try {
            run(reference, folder, log);
            return onlyFile(reference, folder);
        } catch (IOException e) {
            throw new CatalogueException("could not fetch " + reference + " into " + folder, e);
        } finally {
            delete(log);
        }
    }

    private void run(PackageRef reference, Path folder, Path log) throws IOException {
        var process = start(reference, folder, log);
        try {
            if (!process.waitFor(LIMIT.toMinutes(), TimeUnit.MINUTES)) {
                throw new CatalogueException(
                        "fetching "
                                + reference
                                + " took longer than "
                                + LIMIT.toMinutes()
                                + " min");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CatalogueException("interrupted while fetching " + reference, e);
        } finally {
            process.destroy();
        }
        if (process.exitValue() != 0) {
            throw new CatalogueException(
                    "%s could not fetch %s (is this machine online, and is a registry configured?): %s"
                            .formatted(client(reference), reference, lastLines(log)));
        }
    }

    private Process start(PackageRef reference, Path folder, Path log) {
        var failures = new ArrayList<IOException>();
        for (List<String> command : commands(reference, folder)) {
            try {
                return new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
            } catch (IOException e) {
                failures.add(e);
            }
        }
        throw new CatalogueException(
                "%s is needed to fetch %s and could not be started; install it or put the file into the cache by hand"
                        .formatted(client(reference), reference),
                failures.getFirst());
    }

    private List<List<String>> commands(PackageRef reference, Path folder) {
        return switch (reference.client()) {
            case NPM -> with(npm, npmArguments(reference, folder));
            case PIP -> with(pip, pipArguments(reference, folder));
            case MAVEN -> with(maven, mavenArguments(reference, folder));
        };
    }

    private static List<List<String>> with(List<List<String>> programs, List<String> arguments) {
        return programs.stream()
                .map(program -> Stream.concat(program.stream(), arguments.stream()).toList())
                .toList();
    }

    private static List<String> npmArguments(PackageRef reference, Path folder) {
        return List.of(
                "pack",
                "--ignore-scripts",
                "--prefer-offline",
                "--fetch-retries=1",
                "--pack-destination",
                folder.toString(),
                reference.name() + "@" + reference.version());
    }

    private static List<String> pipArguments(PackageRef reference, Path folder) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "download",
                                "--no-deps",
                                "--only-binary=:all:",
                                "--ignore-requires-python", // nothing of it is run
                                "--retries",
                                "1",
                                "--dest",
                                folder.toString()));
        if (!reference.wheel().isEmpty()) {
            var python = reference.wheel().substring(0, reference.wheel().indexOf('-'));
            var platform = reference.wheel().substring(python.length() + 1);
            arguments.addAll(
                    List.of("--implementation", "cp", "--python-version", python.substring(2)));
            arguments.addAll(List.of("--abi", python, "--platform", platform));
        }
        arguments.add(reference.name() + "==" + reference.version());
        return arguments;
    }

    private static List<String> mavenArguments(PackageRef reference, Path folder) {
        return List.of(
                "--batch-mode",
                "--quiet",
                "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy",
                "-Dartifact=" + reference.name() + ":" + reference.version(),
                "-DoutputDirectory=" + folder);
    }

    private static Path onlyFile(PackageRef reference, Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            var found = files.toList();
            if (found.size() != 1) {
                throw new CatalogueException(
                        "%s left %d files instead of one archive for %s"
                                .formatted(client(reference), found.size(), reference));
            }
            return found.getFirst();
        }
    }

    private static String client(PackageRef reference) {
        return switch (reference.client()) {
            case NPM -> "npm";
            case PIP -> "pip";
            case MAVEN -> "mvn";
        };
    }

    private static String lastLines(Path log) throws IOException {
        var lines =
                new String(Files.readAllBytes(log), Charset.defaultCharset())
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList();
        return String.join(
                " | ", lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
