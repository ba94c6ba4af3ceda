package dev.outrider.ai.sense;

import java.util.Optional;

/** Finds where speech begins and ends, by how likely each chunk is speech. */
final class SpeechSegments {
    static final int PADDING = 3;
    private static final double SPEECH = 0.5;
    private static final double SILENCE = 0.35;
    private static final int LEAST = 4;

    private final int pause;
    private final int most;
    private int heard;
    private int begun = -1;
    private int last = -1;

    /**
     * @param pause chunks of silence that end a stretch
     * @param most chunks after which a stretch ends whatever is heard
     */
    SpeechSegments(int pause, int most) {
        this.pause = pause;
        this.most = most;
    }

    /**
     * A stretch of speech with a little around it.
     *
     * @param from its first chunk
     * @param to the chunk behind its last one
     */
    record Segment(int from, int to) {}

    /** Takes the next chunk; gives the stretch that ended with it. */
    Optional<Segment> next(double likelihood) {
        int chunk = heard++;
        if (likelihood >= SPEECH || (begun >= 0 && likelihood >= SILENCE)) {
            begun = begun < 0 ? chunk : begun;
            last = chunk;
        }
        boolean over = begun >= 0 && (chunk - last > pause || chunk - begun >= most);
        return over ? end() : Optional.empty();
    }

    /** Gives the stretch that is not over yet. */
    Optional<Segment> end() {
        var segment =
                begun < 0 || last - begun + 1 < LEAST
                        ? Optional.<Segment>empty()
                        : Optional.of(
                                new Segment(
                                        Math.max(0, begun - PADDING),
                                        Math.min(heard, last + 1 + PADDING)));
        begun = -1;
        return segment;
    }

    /** The first chunk that may belong to a stretch that is still to come. */
    int needed() {
        return Math.max(0, (begun < 0 ? heard : begun) - PADDING);
    }
}
