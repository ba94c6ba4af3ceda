package dev.outrider.sense;

import dev.outrider.ai.sense.SenseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of alsa-utils, and the sound devices of the kernel that they speak to. */
final class Alsa {

    private Alsa() {}

    /**
     * The device to use.
     *
     * @param named a name of ALSA's, or {@value SenseConfig#AUTO}
     * @param kernel the folder of the kernel's sound devices
     * @param records whether it is to be heard, and not to be spoken through
     * @throws SenseException if there is none; the message says why
     */
    static String device(String named, Path kernel, boolean records) {
        if (named.contains("/")) {
            throw new SenseException("there is no folder " + named);
        }
        missing(kernel, records)
                .ifPresent(reason -> {
                    throw new SenseException(reason);
                });
        start(List.of(records ? "arecord" : "aplay", "--version")).destroy();
        return named.equals(SenseConfig.AUTO) ? "default" : named;
    }

    private static Optional<String> missing(Path devices, boolean records) {
        String what = records ? "records" : "plays";
        String ending = records ? "c" : "p";
        try (Stream<Path> all = Files.list(devices)) {
            boolean present =
                    all.map(Folder::name)
                            .anyMatch(name -> name.startsWith("pcm") && name.endsWith(ending));
            return present
                    ? Optional.empty()
                    : Optional.of("no sound device of this machine " + what);
        } catch (IOException e) {
            return Optional.of("this machine has no sound device");
        }
    }

    /** Starts a program. */
    static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new SenseException(
                    "%s is needed; install the package alsa-utils (%s)"
                            .formatted(command.getFirst(), e.getMessage()),
                    e);
        }
    }

    /** What a program that ended had to say about it. */
    static String complaint(Process process) throws IOException {
        String said =
                new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return said.isEmpty() ? "it was unplugged" : said.lines().findFirst().orElse("");
    }
}
