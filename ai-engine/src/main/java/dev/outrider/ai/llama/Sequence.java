package dev.outrider.ai.llama;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way: its tokens, how far they are decoded, and how they become text. Owner
 * thread only, except for {@link #end} and {@link #stream}.
 */
final class Sequence {
    private final AnswerOptions answer;
    private final Sampler sampler;
    private final TextAssembler text;
    private final GenerationStream stream;
    private final int promptLength;
    private final int contextTokens;
    private final Runnable interrupt;
    private int[] tokens;
    private int length;
    private int reused;
    private int forced;
    private int fed;
    private int outputIndex = -1;
    private int[] guessed = {};
    private int guessedRight;
    private @Nullable Slot slot;
    private volatile @Nullable FinishReason ending;
    private volatile boolean ended;
    private Runnable onEnd = () -> {};

    /**
     * @param interrupt makes the owner thread look up from a running decode
     */
    Sequence(
            AnswerOptions answer,
            int[] prompt,
            int contextTokens,
            Sampler sampler,
            Runnable interrupt) {
        this.answer = answer;
        this.sampler = sampler;
        this.contextTokens = contextTokens;
        this.interrupt = interrupt;
        text = new TextAssembler(answer.stops());
        stream = new GenerationStream(() -> end(FinishReason.CANCELLED), System::nanoTime);
        tokens = prompt.clone();
        length = prompt.length;
        promptLength = prompt.length;
    }

    TokenStream stream() {
        return stream;
    }

    Duration timeLimit() {
        return answer.timeLimit();
    }

    /** Has something done when the sequence ends; before it is handed to the owner thread. */
    void onEnd(Runnable action) {
        onEnd = action;
    }

    /** Asks for an early end; any thread. */
    void end(FinishReason reason) {
        if (!ended && ending == null) {
            ending = reason;
            interrupt.run();
        }
    }

    /** The early end asked for, if any. */
    @Nullable FinishReason ending() {
        return ending;
    }

    boolean ended() {
        return ended;
    }

    int[] prompt() {
        return Arrays.copyOf(tokens, promptLength);
    }

    /** Cells of memory it may come to need. */
    int need() {
        return (int) Math.min(contextTokens, (long) promptLength + answer.maxTokens());
    }

    /** Starts in a slot whose first tokens are already those of the prompt. */
    void start(Slot place) {
        slot = place;
        reused = place.length();
    }

    Slot slot() {
        if (slot == null) {
            throw new IllegalStateException("the sequence has not started");
        }
        return slot;
    }

    /** Whether its prompt is behind it. */
    boolean answering() {
        return slot().length() >= promptLength - 1;
    }

    /** Tokens still to be decoded. */
    int undecoded() {
        return length - slot().length();
    }

    /** Lets a draft guess what comes behind the one token still to be decoded. */
    void guess(Draft draft, int room) {
        int left = Math.min(promptLength + answer.maxTokens(), contextTokens) - length - 1;
        guessed =
                left < 1 || room < 1
                        ? new int[0]
                        : draft.guess(tokens, length, Math.min(left, room));
    }

    /** Puts up to so many tokens into the batch; the last one of all asks for output. */
    void feed(NativeBatch batch, int most) {
        int from = slot().length();
        fed = Math.min(most, length - from);
        outputIndex = -1;
        for (int position = from; position < from + fed; position++) {
            boolean output = position == length - 1;
            int index = batch.add(tokens[position], position, slot().id(), output);
            outputIndex = output ? index : outputIndex;
        }
        for (int i = 0; i < guessed.length; i++) {
            batch.add(guessed[i], length + i, slot().id(), true);
        }
    }

    /** The batch was not decoded after all. */
    void takeBack(NativeContext context) {
        slot().keep(context, slot().length());
        fed = 0;
        guessed = new int[0];
    }

    /** The batch was decoded: perhaps there are next tokens, and perhaps it is the end. */
    void advance(NativeModel model, NativeContext context, Candidates candidates, ForcedRun runs) {
        int from = slot().length();
        for (int position = from; position < from + fed; position++) {
            slot().append(tokens[position]);
        }
        fed = 0;
        if (outputIndex >= 0) {
            take(model, sampler.sample(context, candidates, runs, outputIndex));
            takeForced(model, candidates, runs);
            takeGuessed(model, context, candidates, runs);
        }
    }

    /** Guesses that turn out to be what is said are decoded already. */
    private void takeGuessed(
            NativeModel model, NativeContext context, Candidates candidates, ForcedRun runs) {
        int right = 0;
        while (!ended && right < guessed.length && tokens[slot().length()] == guessed[right]) {
            slot().append(guessed[right++]);
            if (slot().length() == length) {
                take(model, sampler.sample(context, candidates, runs, outputIndex + right));
                takeForced(model, candidates, runs);
            }
        }
        if (guessed.length > 0) {
            guessedRight += right;
            guessed = new int[0];
            slot().keep(context, slot().length());
        }
    }

    /** Says what the grammar leaves no choice for: it is decoded with the next batch. */
    void takeForced(NativeModel model, Candidates candidates, ForcedRun runs) {
        if (ended) {
            return;
        }
        var run = sampler.forced(runs, candidates);
        for (int token : run.tokens()) {
            if (!ended) {
                forced++;
                take(model, token);
            }
        }
        if (run.ends() && !ended) {
            finish(FinishReason.STOP);
        }
    }

    private void take(NativeModel model, int token) {
        if (model.endsGeneration(token)) {
            finish(FinishReason.STOP);
            return;
        }
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, length + Math.min(length, 1024) + 1);
        }
        tokens[length++] = token;
        emit(text.feed(model.piece(token)));
        if (text.stopped()) {
            finish(FinishReason.STOP);
        } else if (length - promptLength == answer.maxTokens() || length == contextTokens) {
            finish(FinishReason.LENGTH);
        }
    }

    private void emit(String piece) {
        if (!piece.isEmpty()) {
            stream.piece(piece);
        }
    }

    void finish(FinishReason reason) {
        emit(text.flush());
        release();
        stream.done(
                new Completion(
                        reason,
                        promptLength,
                        reused,
                        length - promptLength,
                        forced,
                        guessedRight,
                        sampler.certainty()));
    }

    void fail(RuntimeException cause) {
        release();
        stream.failed(cause);
    }

    private void release() {
        ended = true;
        onEnd.run();
        sampler.close();
    }
}
