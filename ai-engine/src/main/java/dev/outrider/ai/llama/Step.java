package dev.outrider.ai.llama;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one batch: what every answering sequence said last, and as much of the others' prompts as
 * has room. Owner thread only.
 */
final class Step {
    /** While anybody is answering, prompts get no more of a batch, so answers keep flowing. */
    private static final int PROMPT_TOKENS_BESIDE_ANSWERS = 128;

    private final NativeModel model;
    private final NativeContext context;
    private final Candidates candidates;
    private final ForcedRun runs;
    private final @Nullable Draft draft;

    Step(NativeModel model, NativeContext context, @Nullable Draft draft) {
        this.model = model;
        this.context = context;
        this.draft = draft;
        candidates = new Candidates(model.vocabularySize());
        runs = new ForcedRun(model);
    }

    /** Lets a sequence say at once what its grammar wants at the beginning of any answer. */
    void begin(Sequence sequence) {
        try {
            sequence.takeForced(model, candidates, runs);
        } catch (LlamaException e) {
            sequence.fail(e);
        }
    }

    /** Takes the sequences one step on; the first in the list has the first claim to room. */
    void take(List<Sequence> running) {
        var fed = fill(running);
        try {
            switch (context.decode()) {
                case DONE -> fed.forEach(this::advance);
                case ABORTED -> fed.forEach(sequence -> sequence.takeBack(context));
                case NO_ROOM -> throw new LlamaException("the context's memory is full");
            }
        } catch (LlamaException e) {
            fed.forEach(sequence -> fail(sequence, e));
        }
    }

    private List<Sequence> fill(List<Sequence> running) {
        var batch = context.batch();
        batch.clear();
        var fed = new ArrayList<Sequence>();
        if (draft != null && running.size() == 1 && running.getFirst().undecoded() == 1) {
            running.getFirst().guess(draft, batch.room() - 1); // several fill a batch by themselves
        }
        int answering = 0;
        int furthest = 0;
        for (Sequence sequence : running) {
            answering += sequence.answering() ? 1 : 0;
            furthest = Math.max(furthest, sequence.slot().length());
        }
        for (Sequence sequence : running) {
            if (sequence.answering()) {
                sequence.feed(batch, batch.room() - --answering);
                fed.add(sequence);
            }
        }
        int budget = Math.min(batch.room(), context.promptTokens(furthest));
        if (!fed.isEmpty()) {
            budget = Math.min(budget, PROMPT_TOKENS_BESIDE_ANSWERS);
        }
        for (Sequence sequence : running) {
            if (!sequence.answering() && budget > 0) {
                int before = batch.size();
                sequence.feed(batch, budget);
                budget -= batch.size() - before;
                fed.add(sequence);
            }
        }
        return fed;
    }

    private void advance(Sequence sequence) {
        try {
            sequence.advance(model, context, candidates, runs);
        } catch (LlamaException e) {
            sequence.fail(e);
        }
    }

    private void fail(Sequence sequence, LlamaException cause) {
        sequence.takeBack(context);
        sequence.fail(cause);
    }
}
