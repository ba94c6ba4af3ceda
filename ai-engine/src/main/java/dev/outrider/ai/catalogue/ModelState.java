package dev.outrider.ai.catalogue;

import java.nio.file.Path;

/** What this machine has of a model of the catalogue; {@code file} is the model's first one. */
public sealed interface ModelState {
    /** Nothing, or not all of it. */
    record Absent() implements ModelState {}

    /** All files, and they are the ones the catalogue names. */
    record Verified(Path file) implements ModelState {}

    /**
     * All files; for at least one the catalogue knows no checksum, and somebody said that it is to
     * be taken as it is. It has not changed since.
     */
    record Accepted(Path file) implements ModelState {}

    /**
     * All files; at least one cannot be checked, and nobody said that it is to be taken. It must
     * not be loaded.
     */
    record Unverified(Path file) implements ModelState {}

    /**
     * A file that must not be loaded.
     *
     * @param reason how it differs from what the catalogue names, for people
     */
    record Damaged(Path file, String reason) implements ModelState {}
}
