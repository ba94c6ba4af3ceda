package dev.outrider.reason.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The word lists beside this class. */
final class Words {

    private Words() {}

    /** The lines of a list, without blank ones and comments. */
    static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(Words.class.getResourceAsStream(resource));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            return reader.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the word list " + resource + " cannot be read", e);
        }
    }

    /** The words of a list, separated by white space. */
    static Set<String> listed(String resource) {
        return lines(resource).stream()
                .flatMap(l -> Arrays.stream(l.strip().split("\\s+", -1)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
