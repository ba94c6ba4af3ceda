package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SoundTest {
    private static Sound tone(int rate, double hertz) {
        var samples = new float[rate];
        for (int i = 0; i < rate; i++) {
            samples[i] = 0.5f * (float) Math.sin(2 * Math.PI * hertz * i / rate);
        }
        return new Sound(rate, samples);
    }

    private static double power(Sound sound, double hertz) {
        double real = 0;
        double imaginary = 0;
        int n = sound.samples().length;
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * hertz * i / sound.rate();
            real += sound.samples()[i] * Math.cos(angle);
            imaginary += sound.samples()[i] * Math.sin(angle);
        }
        return 2 * Math.hypot(real, imaginary) / n;
    }

    @Test
    void readsWhatItWrites() {
        var sound = tone(22050, 440);
        var read = Sound.decode(sound.toWav(), "tone");

        assertThat(read.rate()).isEqualTo(22050);
        assertThat(read.samples()).hasSize(22050);
        assertThat(power(read, 440)).isCloseTo(0.5, offset(0.01));
    }

    @Test
    void keepsTonesWhenTheRateChanges() {
        for (int rate : new int[] {8000, 22050, 44100, 48000}) {
            var resampled = tone(rate, 440).at(16000);

            assertThat(resampled.rate()).isEqualTo(16000);
            assertThat(power(resampled, 440)).as("%d", rate).isBetween(0.48, 0.52);
        }
    }

    @Test
    void letsNothingPassThatTheNewRateCannotHold() {
        var resampled = tone(48000, 15000).at(16000); // would be heard as 1 kHz

        assertThat(power(resampled, 1000)).isLessThan(0.005);
    }

    @Test
    void mixesChannelsOfEveryKind() {
        for (int bits : new int[] {8, 16, 24, 32}) {
            var wav = ByteBuffer.allocate(44 + bits / 4).order(ByteOrder.LITTLE_ENDIAN);
            wav.putInt(0x46464952).putInt(36 + bits / 4).putInt(0x45564157);
            wav.putInt(0x20746d66).putInt(16).putShort((short) 1).putShort((short) 2);
            wav.putInt(16000).putInt(4000 * bits).putShort((short) (bits / 4));
            wav.putShort((short) bits).putInt(0x61746164).putInt(bits / 4);
            if (bits == 8) {
                wav.put((byte) 192).put((byte) 128);
            } else {
                wav.put(43 + bits / 8, (byte) 64).put(43 + bits / 4, (byte) 0);
            }

            assertThat(Sound.decode(wav.array(), "wav").samples())
                    .as("%d", bits)
                    .containsExactly(0.25f);
        }
    }

    @Test
    void survivesDamage() {
        var whole = tone(8000, 440).toWav();
        var random = new Random(2);
        for (int i = 0; i < 500; i++) {
            var damaged =
                    i % 2 == 0 ? whole.clone() : Arrays.copyOf(whole, random.nextInt(whole.length));
            for (int k = 0; k < 4 && damaged.length > 0; k++) {
                damaged[random.nextInt(Math.min(60, damaged.length))] = (byte) random.nextInt(256);
            }
            try {
                assertThat(Sound.decode(damaged, "damaged").rate()).isPositive();
            } catch (SenseException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void believesNoLengthThatTheFileDoesNotHave() {
        var wav = tone(8000, 440).toWav();
        var bytes = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        for (int lie : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20}) {
            bytes.putInt(4, lie).putInt(40, lie);

            assertThat(Sound.decode(wav, "stream").samples()).hasSize(8000);
        }
        bytes.putInt(40, 0);
        assertThat(Sound.decode(wav, "empty").samples()).isEmpty();
        bytes.putInt(16, -1);
        assertThatThrownBy(() -> Sound.decode(wav, "lying"))
                .isInstanceOf(SenseException.class)
                .hasMessage("lying is cut short: it holds no sound");
        bytes.putInt(16, 4);
        assertThatThrownBy(() -> Sound.decode(wav, "lying")).hasMessageContaining("too few bytes");
    }

    @Test
    void refusesRatesAndKindsNobodyHas() {
        var wav = tone(8000, 440).toWav();
        var bytes = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        for (int rate : new int[] {0, 1, -1, 1 << 30}) {
            bytes.putInt(24, rate);
            assertThatThrownBy(() -> Sound.decode(wav, "odd")).isInstanceOf(SenseException.class);
        }
        bytes.putInt(24, 8000).putShort(22, (short) 0);
        assertThatThrownBy(() -> Sound.decode(wav, "odd")).hasMessageContaining("0 channels");
        bytes.putShort(22, (short) 1).putShort(34, (short) 13);
        assertThatThrownBy(() -> Sound.decode(wav, "odd")).hasMessageContaining("13 bits");
    }

    @Test
    void refusesToGrowBeyondMemory() {
        var sound = new Sound(4000, new float[3 << 20]);

        assertThatThrownBy(() -> sound.at(192_000))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void refusesWhatIsNoSound(@TempDir Path folder) throws Exception {
        var text = Files.writeString(folder.resolve("a.wav"), "certainly no sound");

        assertThatThrownBy(() -> Sound.read(text)).hasMessageContaining("is no WAV file");
        assertThatThrownBy(() -> Sound.read(folder)).hasMessageContaining("there is no sound file");
        assertThatThrownBy(() -> new Sound(0, new float[1])).isInstanceOf(SenseException.class);
        assertThatThrownBy(() -> Sound.decode(Arrays.copyOf(tone(8000, 1).toWav(), 40), "short"))
                .hasMessageContaining("cut short");
    }
}
