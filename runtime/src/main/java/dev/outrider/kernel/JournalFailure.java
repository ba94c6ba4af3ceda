package dev.outrider.kernel;

import org.jspecify.annotations.Nullable;

/** The journal could not store or read something; the message says what and why. */
public final class JournalFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean storageFull;

    public JournalFailure(String message, @Nullable Throwable cause, boolean storageFull) {
        super(message, cause);
        this.storageFull = storageFull;
    }

    /** Whether there was no room left on the disk. */
    public boolean storageFull() {
        return storageFull;
    }
}
