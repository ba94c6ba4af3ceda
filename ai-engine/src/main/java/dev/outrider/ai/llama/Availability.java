package dev.outrider.ai.llama;

import java.nio.file.Path;

/** Whether this process can run GGUF models at all. */
public sealed interface Availability {
    /**
     * The library is loaded.
     *
     * @param version of libllama
     * @param folder its files were loaded from
     */
    record Available(String version, Path folder) implements Availability {}

    /**
     * It is not.
     *
     * @param reason and what would help, for people
     */
    record Unavailable(String reason) implements Availability {}
}
