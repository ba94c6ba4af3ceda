package dev.outrider.ai.llama;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A small model that guesses how a sequence goes on. The large model decodes all guesses in one
 * batch and keeps those it would have said itself, so answers are the same, and sooner where the
 * guesses are good and a batch costs less than its tokens one by one. Owner thread only.
 */
final class Draft implements AutoCloseable {
    private static final int LIKELIEST = 10;

    /** It goes on only while it is this sure, as llama.cpp's does. */
    private static final double SURE = 0.75;

    private final NativeModel model;
    private final NativeContext context;
    private final Candidates candidates;
    private final Slot slot = new Slot(0);
    private final int most;
    private final int commonTokens;

    private Draft(NativeModel model, NativeContext context, int most, int commonTokens) {
        this.model = model;
        this.context = context;
        this.most = most;
        this.commonTokens = commonTokens;
        candidates = new Candidates(model.vocabularySize());
    }

    /**
     * Loads the model that the options name.
     *
     * @throws LlamaException if it cannot be loaded or speaks another vocabulary
     */
    static Draft load(NativeModel target, Path file, LlamaOptions options) {
        var plain = options.withAdapters(List.of()).withSequences(1);
        var header = ModelHeader.read(file);
        header.check(plain);
        var model = NativeModel.load(header, plain);
        try {
            if (!target.speaksLike(model)) {
                throw new LlamaException(
                        "%s cannot guess for this model: its vocabulary is another"
                                .formatted(file));
            }
            var none = new Adapters(List.of(), List.of());
            return new Draft(
                    model,
                    new NativeContext(model, none, plain),
                    options.draftTokens(),
                    Math.min(target.vocabularySize(), model.vocabularySize()));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** Makes a running guess return soon; any thread. */
    void abort() {
        context.abort();
    }

    /** Takes earlier aborts back. */
    void resume() {
        context.resume();
    }

    /** Guesses what follows the first tokens of an array; perhaps nothing. */
    int[] guess(int[] tokens, int length, int limit) {
        int common = Math.min(slot.commonPrefix(Arrays.copyOf(tokens, length)), length - 1);
        slot.keep(context, common);
        boolean known = Arrays.stream(tokens, 0, length).allMatch(token -> token < commonTokens);
        if (!known || !decode(tokens, slot.length(), length)) {
            return new int[0];
        }
        int[] guessed = new int[Math.min(most, limit)];
        for (int i = 0; i < guessed.length; i++) {
            int token = likeliest();
            if (token < 0 || token >= commonTokens || model.endsGeneration(token)) {
                return Arrays.copyOf(guessed, i);
            }
            guessed[i] = token;
            if (i + 1 < guessed.length && !decode(new int[] {token}, 0, 1)) {
                return Arrays.copyOf(guessed, i + 1);
            }
        }
        return guessed;
    }

    private boolean decode(int[] tokens, int from, int to) {
        var batch = context.batch();
        for (int next = from; next < to; ) {
            batch.clear();
            int begin = slot.length();
            int piece = context.promptTokens(begin);
            while (next < to && batch.size() < piece) {
                batch.add(tokens[next], begin + batch.size(), slot.id(), next == to - 1);
                next++;
            }
            if (context.decode() != NativeContext.Decoded.DONE) {
                slot.keep(context, slot.length());
                return false;
            }
            for (int i = next - batch.size(); i < next; i++) {
                slot.append(tokens[i]);
            }
        }
        return true;
    }

    /** The likeliest next token, -1 if the model is not sure enough. */
    private int likeliest() {
        candidates.best(context.logits(context.batch().size() - 1), LIKELIEST);
        return candidates.likeliest(SURE);
    }

    @Override
    public void close() {
        context.close();
        model.close();
    }
}
