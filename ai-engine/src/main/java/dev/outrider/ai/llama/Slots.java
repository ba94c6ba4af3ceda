package dev.outrider.ai.llama;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides a context's memory between requests. Memory is one pool of {@code n_ctx} cells; a request
 * starts only when the cells it may come to need are free beside those of the running ones. What
 * finished requests left is kept for the next one with the same beginning, until room is needed.
 */
final class Slots {
    private final NativeContext context;
    private final int cells;
    private final List<Slot> idle = new ArrayList<>();
    private int reserved;
    private long turn;

    Slots(NativeContext context, LlamaOptions options) {
        this.context = context;
        cells = options.contextTokens();
        IntStream.range(0, options.sequences()).mapToObj(Slot::new).forEach(idle::add);
    }

    boolean fits(Sequence sequence) {
        return !idle.isEmpty() && reserved + sequence.need() <= cells;
    }

    /** Starts a sequence that fits, in the slot that already holds most of its beginning. */
    void start(Sequence sequence) {
        var prompt = sequence.prompt();
        var slot =
                idle.stream()
                        .max(
                                Comparator.comparingInt((Slot s) -> s.commonPrefix(prompt))
                                        .thenComparing(Slot::lastUse, Comparator.reverseOrder()))
                        .orElseThrow();
        idle.remove(slot);
        // the last token is decoded again in any case: its logits are wanted
        slot.keep(context, Math.min(slot.commonPrefix(prompt), prompt.length - 1));
        slot.use(++turn);
        reserved += sequence.need();
        makeRoom();
        sequence.start(slot);
    }

    /** Takes the slot of an ended sequence back, with what it holds. */
    void release(Sequence sequence) {
        reserved -= sequence.need();
        idle.add(sequence.slot());
    }

    private void makeRoom() {
        idle.sort(Comparator.comparingLong(Slot::lastUse));
        int kept = idle.stream().mapToInt(Slot::length).sum();
        for (Slot slot : idle) {
            if (reserved + kept <= cells) {
                return;
            }
            kept -= slot.length();
            slot.keep(context, 0);
        }
    }
}
