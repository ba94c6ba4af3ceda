package dev.outrider.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.sense.SenseException;
import dev.outrider.ai.sense.Sound;
import dev.outrider.ai.sense.SpeechDetector;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that stand for a camera, a microphone and a loudspeaker. */
class FoldersTest {

    @TempDir Path folder;

    @Test
    void aCameraShowsOnePictureAfterTheOtherAndBeginsAgain() throws IOException {
        picture("a.png", 10);
        picture("c.PNG", 30);
        Files.writeString(folder.resolve("notes.txt"), "no picture");
        FolderCamera camera = new FolderCamera(folder);

        assertThat(camera.take().width()).isEqualTo(10);
        picture("b.png", 20);

        assertThat(camera.take().width()).isEqualTo(20);
        assertThat(camera.take().width()).isEqualTo(30);
        assertThat(camera.take().width()).isEqualTo(10);
    }

    @Test
    void aCameraSaysThatThereIsNoPictureOrADamagedOneAndGoesOn() throws IOException {
        FolderCamera camera = new FolderCamera(folder);
        assertThatThrownBy(camera::take)
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("there is no picture")
                .hasMessageContaining(folder.toString());

        Files.writeString(folder.resolve("a.png"), "\u0089PNG but not really");
        picture("b.png", 20);

        assertThatThrownBy(camera::take)
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("a.png");
        assertThat(camera.take().width()).isEqualTo(20);
    }

    @Test
    void aCameraThatWasUnpluggedSaysSo() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        FolderCamera camera = new FolderCamera(gone);
        Files.delete(gone);

        assertThatThrownBy(camera::take)
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("is gone");
    }

    @Test
    void aMicrophoneHearsEachSoundOnceAndSilenceBetween() throws IOException {
        sound("a.wav", 0.1, 0.25f);
        sound("b.wav", 0.1, 0.5f);
        try (Microphone.Stream stream = new FolderMicrophone(folder).open()) {
            float loudest = 0;
            boolean[] heard = new boolean[3];
            for (int i = 0; i < 30; i++) {
                float[] chunk = next(stream);
                loudest = max(chunk);
                heard[loudest < 0.1 ? 0 : loudest < 0.4 ? 1 : 2] = true;
            }

            assertThat(heard).containsOnly(true);
            assertThat(loudest).isZero();
        }
    }

    @Test
    void aMicrophoneHearsASoundAgainThatWasWrittenAnew() throws IOException {
        FolderMicrophone microphone = new FolderMicrophone(folder);
        Path file = sound("a.wav", 0.1, 0.25f);
        try (Microphone.Stream stream = microphone.open()) {
            assertThat(max(next(stream))).isGreaterThan(0.2f);
        }
        try (Microphone.Stream stream = microphone.open()) {
            assertThat(max(next(stream))).isZero();
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));

        try (Microphone.Stream stream = microphone.open()) {
            assertThat(max(next(stream))).isGreaterThan(0.2f);
        }
    }

    @Test
    void aMicrophoneSaysThatASoundIsDamagedAndGoesOn() throws IOException {
        Files.writeString(folder.resolve("a.wav"), "RIFF but not really");
        sound("b.wav", 0.1, 0.25f);
        try (Microphone.Stream stream = new FolderMicrophone(folder).open()) {
            assertThatThrownBy(() -> next(stream))
                    .isInstanceOf(SenseException.class)
                    .hasMessageContaining("a.wav is no WAV file");
            float loudest = 0;
            for (int i = 0; i < 12; i++) {
                loudest = Math.max(loudest, max(next(stream)));
            }
            assertThat(loudest).isGreaterThan(0.2f);
        }
    }

    @Test
    void aMicrophoneThatWasUnpluggedSaysSo() {
        FolderMicrophone microphone = new FolderMicrophone(folder.resolve("gone"));

        assertThatThrownBy(microphone::open)
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("is gone");
    }

    @Test
    void aLoudspeakerWritesOneFileForAllPiecesAndReplacesNone() throws IOException {
        Files.writeString(folder.resolve("0001.wav"), "kept");
        FolderLoudspeaker speaker = new FolderLoudspeaker(folder);
        try (Loudspeaker.Playback playback = speaker.begin()) {
            playback.play(tone(16_000, 0.5, 0.5f));
            playback.play(tone(24_000, 0.25, 0.5f));
        }
        try (Loudspeaker.Playback playback = speaker.begin()) {
            playback.cut();
            playback.play(tone(16_000, 0.5, 0.5f));
        }

        assertThat(Sound.read(folder.resolve("0002.wav")).seconds()).isEqualTo(0.75);
        assertThat(folder.resolve("0001.wav")).hasContent("kept");
        assertThat(Folder.files(folder, "wav")).hasSize(2);
    }

    @Test
    void aLoudspeakerThatIsGoneSaysSo() {
        try (Loudspeaker.Playback playback =
                new FolderLoudspeaker(folder.resolve("gone")).begin()) {
            assertThatThrownBy(() -> playback.play(tone(16_000, 0.5, 0.5f)))
                    .isInstanceOf(SenseException.class)
                    .hasMessageContaining("cannot be written");
        }
    }

    private static float[] next(Microphone.Stream stream) {
        float[] chunk = new float[SpeechDetector.CHUNK];
        stream.next(chunk);
        return chunk;
    }

    private static float max(float[] chunk) {
        float max = 0;
        for (float sample : chunk) {
            max = Math.max(max, sample);
        }
        return max;
    }

    private void picture(String name, int width) throws IOException {
        BufferedImage image = new BufferedImage(width, 8, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }

    private Path sound(String name, double seconds, float level) throws IOException {
        return Files.write(folder.resolve(name), tone(Sound.SPEECH_RATE, seconds, level).toWav());
    }

    private static Sound tone(int rate, double seconds, float level) {
        float[] samples = new float[(int) (rate * seconds)];
        Arrays.fill(samples, level);
        return new Sound(rate, samples);
    }
}
