package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogMelTest {
    @Test
    void silenceIsTheSameEverywhere() {
        assertThat(LogMel.of(new float[16000])).hasSize(80 * 3000).containsOnly(-1.5f);
    }

    @Test
    void aToneStandsInItsBandWhileItSounds() {
        var samples = new float[16000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) Math.sin(2 * Math.PI * 1000 * i / 16000);
        }

        var picture = LogMel.of(samples);

        int best = 0;
        for (int band = 1; band < LogMel.BANDS; band++) {
            if (picture[band * LogMel.STEPS + 50] > picture[best * LogMel.STEPS + 50]) {
                best = band;
            }
        }
        assertThat(best).isBetween(25, 27); // 1 kHz is mel 15 of 45.2, spread over 81 steps
        assertThat(picture[best * LogMel.STEPS + 50])
                .isGreaterThan(picture[best * LogMel.STEPS + 200] + 1.5f);
    }
}
