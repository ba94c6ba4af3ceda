package dev.outrider.ai.llama;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
    private final List<Slot> all;
    private final List<Slot> idle;
    private int reserved;
    private long turn;

    Slots(NativeContext context, LlamaOptions options) {
        this.context = context;
        cells = options.contextTokens();
        all = IntStream.range(0, options.sequences()).mapToObj(Slot::new).toList();
        idle = new ArrayList<>(all);
    }

    boolean fits(Sequence sequence) {
        return !idle.isEmpty() && reserved + sequence.need() <= cells;
    }

    /** Starts a sequence that fits, sharing the beginning of whichever slot has most of it. */
    void start(Sequence sequence) {
        var prompt = sequence.prompt();
        var source = Collections.max(all, comparingInt(slot -> slot.commonPrefix(prompt)));
        var target = Collections.min(idle, comparingLong(Slot::lastUse));
        // the last token is decoded again in any case: its logits are wanted
        int common = Math.min(source.commonPrefix(prompt), prompt.length - 1);
        if (target != source && common > 0) {
            target.share(context, source, common);
        }
        target.keep(context, common);
        idle.remove(target);
        target.use(++turn);
        reserved += sequence.need();
        makeRoom(0);
        sequence.start(target);
    }

    /** Takes the slot of an ended sequence back, with what it holds. */
    void release(Sequence sequence) {
        reserved -= sequence.need();
        idle.add(sequence.slot());
    }

    /** Remembers a beginning from a file, in the slot that was idle longest. */
    boolean load(int[] tokens, Path file) {
        if (idle.isEmpty() || reserved + tokens.length > cells) {
            return false;
        }
        var slot = Collections.min(idle, comparingLong(Slot::lastUse));
        slot.keep(context, 0);
        slot.use(++turn);
        makeRoom(tokens.length);
        return slot.load(context, tokens, file);
    }

    /** Writes a beginning to a file, if an idle slot still holds all of it. */
    boolean save(int[] tokens, Path file) {
        for (Slot slot : idle) {
            if (slot.commonPrefix(tokens) == tokens.length) {
                return slot.keep(context, tokens.length) == tokens.length
                        && context.save(slot.id(), tokens, file);
            }
        }
        return false;
    }

    /** Forgets what was used longest ago until so many cells are free beside the reserved ones. */
    private void makeRoom(int more) {
        idle.sort(comparingLong(Slot::lastUse));
        int kept = idle.stream().mapToInt(Slot::length).sum();
        for (Slot slot : idle) {
            if (reserved + kept + more <= cells) {
                return;
            }
            kept -= slot.length();
            slot.keep(context, 0);
        }
    }
}
