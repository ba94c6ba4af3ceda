package dev.outrider.ai.sense;

import java.util.Optional;

/** Finds where speech begins and ends, by how likely each chunk is speech. */
final class SpeechSegments {
    private static final double SPEECH = 0.5;
    private static final double SILENCE = 0.35;
    private static final int LEAST = 4;

    private final Bounds bounds;
    private int heard;
    private int free;
    private int begun = -1;
    private int last = -1;
    private int speech;

    SpeechSegments(Bounds bounds) {
        this.bounds = bounds;
    }

    /**
     * In chunks.
     *
     * @param before kept before the first one that is speech
     * @param after kept behind the last one, at most
     * @param pause of silence that ends a stretch
     * @param most of a stretch, which then ends whatever is heard
     */
    record Bounds(int before, int after, int pause, int most) {}

    /**
     * A stretch of speech; stretches do not overlap.
     *
     * @param from the first chunk that is kept
     * @param begun the first one that is speech
     * @param ended the chunk behind the last one that is speech
     * @param to the chunk behind the last one that is kept
     */
    record Segment(int from, int begun, int ended, int to) {}

    /** Takes the next chunk; gives the stretch that ended with it. */
    Optional<Segment> next(double likelihood) {
        int chunk = heard++;
        if (likelihood >= (begun < 0 ? SPEECH : SILENCE)) {
            begun = begun < 0 ? chunk : begun;
            last = chunk;
            speech++;
        }
        boolean over =
                begun >= 0 && (chunk - last >= bounds.pause || heard - needed() >= bounds.most);
        return over ? end() : Optional.empty();
    }

    /** Gives the stretch that is not over yet. */
    Optional<Segment> end() {
        var segment = Optional.<Segment>empty();
        if (begun >= 0 && speech >= LEAST) {
            int to = Math.min(heard, last + 1 + bounds.after);
            segment = Optional.of(new Segment(needed(), begun, last + 1, to));
            free = to;
        }
        begun = -1;
        speech = 0;
        return segment;
    }

    /** Begins anew behind a gap in the sound; no stretch reaches over it. */
    void skip() {
        end();
        free = heard;
    }

    /** The first chunk that may belong to a stretch that is still to come. */
    int needed() {
        return Math.max(free, (begun < 0 ? heard : begun) - bounds.before);
    }

    /** Chunks since the stretch that is heard began; 0 where there is too little speech for one. */
    int running() {
        return speech < LEAST ? 0 : heard - begun;
    }

    /** The first chunk of speech of the stretch that is heard. */
    int begun() {
        return begun;
    }

    /** Whether the last chunk was speech. */
    boolean speaking() {
        return begun >= 0 && last == heard - 1;
    }
}
