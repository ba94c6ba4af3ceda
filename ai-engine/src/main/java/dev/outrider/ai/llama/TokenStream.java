package dev.outrider.ai.llama;

import java.util.Iterator;

/**
 * An answer as it comes, in pieces of one or more whole characters. {@link #hasNext} waits for the
 * next piece and throws {@link LlamaException} if decoding failed. One thread reads a stream; any
 * thread may close it.
 */
public interface TokenStream extends Iterator<String>, AutoCloseable {
    /** Stops a running answer promptly; waits until it has stopped. */
    @Override
    void close();

    /**
     * How the answer ended.
     *
     * @throws IllegalStateException while pieces are still to come
     */
    Completion completion();

    /** All pieces still to come, joined. */
    default String rest() {
        var text = new StringBuilder();
        forEachRemaining(text::append);
        return text.toString();
    }
}
