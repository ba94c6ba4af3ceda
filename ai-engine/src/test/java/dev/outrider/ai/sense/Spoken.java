package dev.outrider.ai.sense;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;

/** Sounds for tests. */
final class Spoken {
    private Spoken() {}

    /** A sentence by espeak-ng; skips the test where that is not installed. */
    static Sound sentence(String voice, String text) {
        try {
            var process =
                    new ProcessBuilder("espeak-ng", "--stdout", "-v", voice, text)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            var wav = process.getInputStream().readAllBytes();
            return Sound.decode(wav, "espeak-ng");
        } catch (IOException e) {
            return Assumptions.abort("espeak-ng is not installed: " + e.getMessage());
        }
    }

    static Sound silence(double seconds) {
        return new Sound(Sound.SPEECH_RATE, new float[(int) (seconds * Sound.SPEECH_RATE)]);
    }

    /** The same again and again. */
    static Sound repeated(Sound sound, int times) {
        var all = new float[times * sound.samples().length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(
                    sound.samples(), 0, all, i * sound.samples().length, sound.samples().length);
        }
        return new Sound(sound.rate(), all);
    }

    static Sound noise(double seconds) {
        var random = new Random(3);
        var sound = silence(seconds);
        for (int i = 0; i < sound.samples().length; i++) {
            sound.samples()[i] = (float) random.nextGaussian() * 0.1f;
        }
        return sound;
    }
}
