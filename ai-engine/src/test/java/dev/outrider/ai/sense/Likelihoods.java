package dev.outrider.ai.sense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An endpointer that is told how likely speech is: each chunk's samples are its likelihood, and the
 * clock counts chunks.
 */
final class Likelihoods {
    private long chunks;
    private boolean closed;
    private final Endpointer endpointer =
            new Endpointer(
                    chunk -> {
                        chunks++;
                        return chunk[0];
                    },
                    () -> closed = true,
                    Endpointer.PAUSE,
                    () -> chunks);

    static float[] chunk(double likelihood) {
        var chunk = new float[Endpointer.CHUNK];
        Arrays.fill(chunk, (float) likelihood);
        return chunk;
    }

    /** Likelihoods of that many chunks. */
    static List<float[]> chunks(double likelihood, int count) {
        return Stream.generate(() -> chunk(likelihood)).limit(count).toList();
    }

    /** What a sound was made of. */
    static List<Double> of(Sound sound) {
        var likelihoods = new ArrayList<Double>();
        for (int at = 0; at < sound.samples().length; at += Endpointer.CHUNK) {
            likelihoods.add(Math.rint(sound.samples()[at] * 100) / 100);
        }
        return likelihoods;
    }

    Endpointer endpointer() {
        return endpointer;
    }

    boolean closed() {
        return closed;
    }

    /** Hears that many chunks; gives the first utterance that ended meanwhile. */
    Optional<Endpointer.Utterance> hear(double likelihood, int count) {
        Optional<Endpointer.Utterance> utterance = Optional.empty();
        for (int i = 0; i < count; i++) {
            var ended = endpointer.hear(chunk(likelihood));
            utterance = utterance.or(() -> ended);
        }
        return utterance;
    }
}
