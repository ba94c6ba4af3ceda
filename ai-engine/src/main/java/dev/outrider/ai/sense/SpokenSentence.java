package dev.outrider.ai.sense;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A sentence that robots are told, to measure how well speech is written down. */
record SpokenSentence(String language, String text) {
    /** Ten in English, ten in Spanish. */
    static List<SpokenSentence> all() {
        try (var stream =
                        Objects.requireNonNull(
                                SpokenSentence.class.getResourceAsStream("sentences.txt"));
                var lines =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> new SpokenSentence(line.substring(0, 2), line.substring(3)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("sentences.txt of this build is damaged", e);
        }
    }
}
