package dev.outrider.model;

import java.util.List;
import java.util.stream.Collectors;

/** What an action found out. */
public sealed interface Observation {

    /** Its words: what is seen, a thing a line, or what was read or said; empty if nothing. */
    String text();

    /** Things in a picture, the surest first. */
    record Seen(List<Finding> things) implements Observation {
        public Seen {
            things = List.copyOf(things);
        }

        @Override
        public String text() {
            return things.stream().map(Finding::label).collect(Collectors.joining("\n"));
        }
    }

    /** Lines of writing in a picture, as one reads them. */
    record Read(List<Finding> lines) implements Observation {
        public Read {
            lines = List.copyOf(lines);
        }

        /** What is written, a line of the picture a line; empty if nothing is. */
        @Override
        public String text() {
            return lines.stream().map(Finding::label).collect(Collectors.joining("\n"));
        }
    }

    /**
     * What somebody said.
     *
     * @param text empty if nobody spoke
     * @param language two letters, empty if nobody spoke
     */
    record Heard(String text, String language) implements Observation {}
}
