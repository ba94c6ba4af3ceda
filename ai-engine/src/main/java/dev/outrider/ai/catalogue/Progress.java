package dev.outrider.ai.catalogue;

/** Told how a fetch gets on, on the fetching thread. */
@FunctionalInterface
public interface Progress {
    /**
     * Told at the start and end of every step.
     *
     * @param step what is being done, for people
     * @param doneBytes bytes of the file there are so far
     * @param totalBytes size of the whole file, 0 if it is not known
     */
    void report(String step, long doneBytes, long totalBytes);

    /** Tells nobody. */
    static Progress silent() {
        return (step, done, total) -> {};
    }
}
