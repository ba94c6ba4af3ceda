package dev.outrider.reason.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The word lists beside this class; a line of some in column one names the section it begins. */
public final class Words {

    private static final Map<String, Set<String>> ROLES = roles();

    /** An indented line of a list, and the section it stands in. */
    record Entry(String section, String line) {

        Stream<String> words() {
            return Arrays.stream(line.split("\\s+", -1));
        }
    }

    private Words() {}

    /**
     * The words of a section of {@code roles.txt}, in order.
     *
     * @throws IllegalArgumentException if there is no such section
     */
    public static Set<String> of(String role) {
        Set<String> words = ROLES.get(role);
        if (words == null) {
            throw new IllegalArgumentException("roles.txt has no section " + role);
        }
        return words;
    }

    /** The lines of a list, without blank ones and comments. */
    static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(Words.class.getResourceAsStream(resource));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            return reader.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the word list " + resource + " cannot be read", e);
        }
    }

    /** The entries of a list, in order; a section may stand in several places. */
    static List<Entry> entries(String resource) {
        List<Entry> entries = new ArrayList<>();
        String section = "";
        for (String line : lines(resource)) {
            if (line.startsWith(" ")) {
                entries.add(new Entry(section, line.strip()));
            } else {
                section = line.strip();
            }
        }
        return entries;
    }

    /**
     * What the words of a section stand for, each written {@code word=meaning}; the last counts.
     */
    static Map<String, String> meanings(List<Entry> entries, String section) {
        return entries.stream()
                .filter(e -> e.section().equals(section))
                .flatMap(Entry::words)
                .map(pair -> pair.split("=", 2))
                .collect(
                        Collectors.toUnmodifiableMap(
                                sides -> sides[0], sides -> sides[1], (first, last) -> last));
    }

    /** The words of a list, separated by white space. */
    static Set<String> listed(String resource) {
        return lines(resource).stream()
                .flatMap(l -> Arrays.stream(l.strip().split("\\s+", -1)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, Set<String>> roles() {
        Map<String, Set<String>> roles = new HashMap<>();
        for (Entry entry : entries("roles.txt")) {
            Set<String> words = roles.computeIfAbsent(entry.section(), r -> new LinkedHashSet<>());
            entry.words().map(word -> word.replace('_', ' ')).forEach(words::add);
        }
        roles.replaceAll((role, words) -> Collections.unmodifiableSet(words));
        return roles;
    }
}
