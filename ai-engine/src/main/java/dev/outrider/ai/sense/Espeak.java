package dev.outrider.ai.sense;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program espeak-ng, run once a sentence: how a text is pronounced, and a plain voice. The text
 * goes through its standard input, so that no text can be an option.
 */
final class Espeak {
    private static final Map<String, String> VOICES = Map.of("en", "en-us", "es", "es");

    private final String voice;

    /**
     * For a language by its two letters.
     *
     * @throws SenseException if the language is not spoken, or the program is not installed
     */
    Espeak(String language) {
        var known = VOICES.get(language);
        if (known == null) {
            throw new SenseException(
                    "no voice speaks %s; there are %s".formatted(language, VOICES.keySet()));
        }
        voice = known;
        missing()
                .ifPresent(reason -> {
                    throw new SenseException(reason);
                });
    }

    /** Why it cannot be used here; empty if it can. */
    static Optional<String> missing() {
        try {
            run(List.of("--version"), "");
            return Optional.empty();
        } catch (SenseException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** How a text is pronounced, in the international phonetic alphabet. */
    String phonemes(String text) {
        var said = run(List.of("-q", "--ipa", "-v", voice, "--stdin"), text);
        return new String(said, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
    }

    /** The text spoken in its own voice. */
    Sound speak(String text) {
        return Sound.decode(run(List.of("--stdout", "-v", voice, "--stdin"), text), "espeak-ng");
    }

    private static byte[] run(List<String> options, String text) {
        var command = new ArrayList<>(List.of("espeak-ng"));
        command.addAll(options);
        if (Thread.currentThread().isInterrupted()) {
            throw new SenseException.Cancelled();
        }
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (var in = process.getOutputStream()) {
                in.write(text.getBytes(StandardCharsets.UTF_8));
            }
            var said = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new SenseException("espeak-ng failed with exit code " + process.exitValue());
            }
            return said;
        } catch (IOException e) {
            throw new SenseException(
                    "espeak-ng is needed to speak; install the package espeak-ng (%s)"
                            .formatted(e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SenseException.Cancelled();
        }
    }
}
