package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TestPictures;
import dev.outrider.ai.testing.TestSounds;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the senses said on x86-64, they say on every processor. */
@Tag("real-model")
final class SameAnswersTest {
    @BeforeEach
    void assume() {
        Natives.assumeOpenVino();
    }

    private static void seesTheCat(String model, double score, Box box) {
        var picture = Picture.read(TestPictures.CAT.assume());
        try (var detector = ObjectDetector.open(Natives.assumeFile(model), Devices.CPU)) {
            var seen = detector.detect(picture, 0.5).getFirst();

            assertThat(seen.label()).isEqualTo("cat");
            assertThat(seen.score()).isCloseTo(score, offset(0.02));
            assertThat(seen.box().left()).isCloseTo(box.left(), offset(0.02));
            assertThat(seen.box().top()).isCloseTo(box.top(), offset(0.02));
            assertThat(seen.box().right()).isCloseTo(box.right(), offset(0.02));
            assertThat(seen.box().bottom()).isCloseTo(box.bottom(), offset(0.02));
        }
    }

    @Test
    void ofTheLargeDetector() {
        seesTheCat(ObjectDetector.MODEL, 0.912, new Box(0.018, 0.002, 0.907, 0.989));
    }

    @Test
    void ofTheSmallDetector() {
        seesTheCat(ObjectDetector.SMALL_MODEL, 0.738, new Box(0.015, 0.006, 0.933, 0.994));
    }

    @Test
    void ofTheSpeechDetector() {
        var samples = Sound.read(TestSounds.assumeSpeech()).samples();
        try (var detector =
                        SpeechDetector.open(Natives.assumeFile(SpeechDetector.MODEL), Devices.CPU);
                var stream = detector.listen()) {
            double sum = 0;
            for (int at = 0; at + 512 <= samples.length; at += 512) {
                sum += stream.hear(Arrays.copyOfRange(samples, at, at + 512));
            }

            assertThat(sum).isCloseTo(146.63, offset(0.5));
        }
    }

    @Test
    void ofTheWriter() {
        var files = SpeechToText.Files.of("tiny");
        try (var writer =
                SpeechToText.open(
                        Natives.assumeFile(files.encoder()),
                        Natives.assumeFile(files.decoder()),
                        Natives.assumeFile(files.tokenizer()),
                        Devices.CPU)) {
            assertThat(writer.transcribe(Sound.read(TestSounds.assumeSpeech())).text())
                    .isEqualTo(
                            "Ever tried, ever failed. No matter. Try again. Fail again. Fail better.");
        }
    }
}
