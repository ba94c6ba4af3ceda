package dev.outrider.ai.llama;

import java.util.ArrayList;
import java.util.List;

/**
 * Decodes one batch: one token of every answering sequence, and as much of the others' prompts as
 * has room. Owner thread only.
 */
final class Step {
    /** While anybody is answering, prompts get no more of a batch, so answers keep flowing. */
    private static final int PROMPT_TOKENS_BESIDE_ANSWERS = 128;

    private final NativeModel model;
    private final NativeContext context;
    private final Candidates candidates;

    Step(NativeModel model, NativeContext context) {
        this.model = model;
        this.context = context;
        candidates = new Candidates(model.vocabularySize());
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
        for (Sequence sequence : running) {
            if (sequence.undecoded() == 1) {
                sequence.feed(batch, 1);
                fed.add(sequence);
            }
        }
        int budget =
                fed.isEmpty() ? batch.room() : Math.min(batch.room(), PROMPT_TOKENS_BESIDE_ANSWERS);
        for (Sequence sequence : running) {
            if (sequence.undecoded() > 1 && budget > 0) {
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
            sequence.advance(model, context, candidates);
        } catch (LlamaException e) {
            sequence.fail(e);
        }
    }

    private void fail(Sequence sequence, LlamaException cause) {
        sequence.takeBack(context);
        sequence.fail(cause);
    }
}
