package dev.outrider.ai.catalogue;

/** Told how a fetch gets on, on the fetching thread. */
@FunctionalInterface
public interface Progress {
    /**
     * Told at the start and end of every step.
     *
     * @param step what is being done, for people
     * @param doneBytes bytes of the model file written so far
     * @param totalBytes size of the whole model file
     */
    void report(String step, long doneBytes, long totalBytes);

    /** Tells nobody. */
    static Progress silent() {
        return (step, done, total) -> {};
    }
}
