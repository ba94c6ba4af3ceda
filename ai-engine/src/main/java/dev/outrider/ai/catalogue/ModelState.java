package dev.outrider.ai.catalogue;

import java.nio.file.Path;

/** What this machine has of a model of the catalogue. */
public sealed interface ModelState {
    /** Nothing. */
    record Absent() implements ModelState {}

    /** The file, and it is the one the catalogue names. */
    record Verified(Path file) implements ModelState {}

    /**
     * A file that must not be loaded.
     *
     * @param reason how it differs from what the catalogue names, for people
     */
    record Damaged(Path file, String reason) implements ModelState {}
}
