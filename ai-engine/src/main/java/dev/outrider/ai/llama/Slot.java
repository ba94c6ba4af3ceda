package dev.outrider.ai.llama;

import java.nio.file.Path;
import java.util.Arrays;

/** One sequence of the context's memory and the tokens decoded into it; owner thread only. */
final class Slot {
    private final int id;
    private int[] tokens = new int[64];
    private int length;
    private long lastUse;

    Slot(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    int length() {
        return length;
    }

    /** When it was last used, in uses of the whole context. */
    long lastUse() {
        return lastUse;
    }

    void use(long turn) {
        lastUse = turn;
    }

    /** How many tokens at the beginning are the same as those of a prompt. */
    int commonPrefix(int[] prompt) {
        int mismatch = Arrays.mismatch(tokens, 0, length, prompt, 0, prompt.length);
        return mismatch < 0 ? length : mismatch;
    }

    /** Begins with the first tokens of another slot instead of its own; they share their cells. */
    void share(NativeContext context, Slot other, int count) {
        keep(context, 0);
        context.share(other.id, id, count);
        tokens = Arrays.copyOf(other.tokens, Math.max(tokens.length, count));
        length = count;
    }

    /** Begins, being empty, with what a file holds for these tokens; false if it does not. */
    boolean load(NativeContext context, int[] beginning, Path file) {
        if (!context.load(id, beginning, file)) {
            context.forget(id, -1);
            return false;
        }
        tokens = Arrays.copyOf(beginning, Math.max(tokens.length, beginning.length));
        length = beginning.length;
        return true;
    }

    void append(int token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * length);
        }
        tokens[length++] = token;
    }

    /** Keeps the first tokens and forgets the others; gives how many it could keep. */
    int keep(NativeContext context, int count) {
        if (!context.forget(id, count)) {
            context.forget(id, -1);
            length = 0;
            return 0;
        }
        length = Math.min(length, count);
        return length;
    }
}
