package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.sense.SpeechSegments.Bounds;
import dev.outrider.ai.sense.SpeechSegments.Segment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpeechSegmentsTest {
    private static List<Segment> of(SpeechSegments segments, String likelihoods) {
        var found = new ArrayList<Segment>();
        likelihoods.chars().forEach(c -> segments.next((c - '0') / 10.0).ifPresent(found::add));
        segments.end().ifPresent(found::add);
        return found;
    }

    private static SpeechSegments segments(int most) {
        return new SpeechSegments(new Bounds(3, 3, 3, most));
    }

    @Test
    void bridgesShortPausesAndEndsAtLongOnes() {
        var found = of(segments(100), "0000999900999000000888800");

        assertThat(found).containsExactly(new Segment(1, 4, 13, 16), new Segment(16, 19, 23, 25));
    }

    @Test
    void hearsNoSpeechInAClick() {
        assertThat(of(segments(100), "00009000000990000")).isEmpty();
    }

    @Test
    void endsWhatGoesOnForTooLong() {
        var found = of(segments(13), "0".repeat(5) + "9".repeat(15) + "000");

        assertThat(found).containsExactly(new Segment(2, 5, 15, 15), new Segment(15, 15, 20, 23));
    }

    @Test
    void saysWhatMustBeKept() {
        var segments = segments(100);
        of(segments, "0000000000");
        assertThat(segments.needed()).isEqualTo(7);

        for (int i = 0; i < 20; i++) {
            segments.next(0.9);
        }

        assertThat(segments.needed()).isEqualTo(7);
    }
}
