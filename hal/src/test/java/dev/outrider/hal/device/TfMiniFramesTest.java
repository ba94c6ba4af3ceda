package dev.outrider.hal.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TfMiniFramesTest {

    private final TfMini.Frames frames = new TfMini.Frames();

    /** The bytes a sensor sends for a distance. */
    static byte[] frame(int centimeters, int strength) {
        int[] bytes = {
            0x59, 0x59, centimeters & 0xFF, centimeters >> 8, strength & 0xFF, strength >> 8, 0, 0
        };
        byte[] frame = new byte[TfMini.Frames.LENGTH];
        int sum = 0;
        for (int index = 0; index < bytes.length; index++) {
            frame[index] = (byte) bytes[index];
            sum += bytes[index];
        }
        frame[TfMini.Frames.LENGTH - 1] = (byte) sum;
        return frame;
    }

    private int take(byte[] bytes) {
        int whole = 0;
        for (byte next : bytes) {
            whole += frames.take(next) ? 1 : 0;
        }
        return whole;
    }

    @Test
    void readsDistanceAndStrength() {
        assertThat(take(frame(345, 1234))).isEqualTo(1);

        assertThat(frames.centimeters()).isEqualTo(345);
        assertThat(frames.strength()).isEqualTo(1234);
    }

    @Test
    void refusesAFrameWithAWrongSum() {
        byte[] frame = frame(345, 1234);
        frame[2]++;

        assertThat(take(frame)).isZero();
    }

    @Test
    void findsFramesAmongHeadsThatAreNone() {
        take(new byte[] {0x59, 0x00, 0x59, 0x59, 0x59});

        assertThat(take(frame(0x5959, 0x5959))).isPositive();
        assertThat(take(frame(80, 500))).isEqualTo(1);
        assertThat(frames.centimeters()).isEqualTo(80);
    }

    @Test
    void findsTheNextFrameAfterAnyNoise() {
        var random = new Random(7);
        for (int round = 0; round < 1000; round++) {
            byte[] noise = new byte[random.nextInt(30)];
            random.nextBytes(noise);
            take(noise);
            take(frame(1, 1));

            take(frame(200 + round, 700));
            take(frame(200 + round, 700));

            assertThat(frames.centimeters()).isEqualTo(200 + round);
        }
    }
}
