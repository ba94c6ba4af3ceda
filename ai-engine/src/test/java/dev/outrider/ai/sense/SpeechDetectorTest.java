package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.OnnxModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Silero's model; skipped where it cannot be fetched. */
@Tag("real-model")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SpeechDetectorTest {
    private SpeechDetector detector;

    @BeforeAll
    void open() {
        Natives.assumeOpenVino();
        detector = SpeechDetector.open(Natives.assumeFile(SpeechDetector.MODEL), Devices.CPU);
    }

    @AfterAll
    void close() {
        if (detector != null) {
            detector.close();
        }
    }

    @Test
    void hearsNoSpeechInSilenceAndNoise() {
        assertThat(detector.find(Spoken.silence(2))).isEmpty();
        assertThat(detector.find(Spoken.noise(2))).isEmpty();
    }

    @Test
    void findsASentenceBetweenSilences() {
        var sentence = Spoken.sentence("en-us", "Drive forward two meters and turn left.");
        var speech = sentence.at(Sound.SPEECH_RATE).samples();
        var samples = new float[speech.length + 2 * Sound.SPEECH_RATE];
        System.arraycopy(speech, 0, samples, Sound.SPEECH_RATE, speech.length);

        var found = detector.find(new Sound(Sound.SPEECH_RATE, samples));

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().from()).isBetween(0.7, 1.4);
        assertThat(found.getFirst().to())
                .isBetween(0.6 + sentence.seconds(), 1.3 + sentence.seconds());
    }

    @Test
    void keepsStreamsApart() {
        var sentence = Spoken.sentence("es", "Gira noventa grados a la izquierda.").at(16000);
        try (var silent = detector.listen();
                var speaking = detector.listen()) {
            double loudest = 0;
            for (int at = 0; at + 512 <= sentence.samples().length; at += 512) {
                loudest = Math.max(loudest, speaking.hear(sentence.part(at, at + 512).samples()));

                assertThat(silent.hear(new float[512])).isLessThan(0.3);
            }
            assertThat(loudest).isGreaterThan(0.8);
        }
    }

    @Test
    void refusesWhatIsNoChunkAndNoModelOfItsKind(@TempDir Path folder) throws Exception {
        try (var stream = detector.listen()) {
            assertThatThrownBy(() -> stream.hear(new float[100]))
                    .hasMessageContaining("100 samples");
        }
        var other = Files.write(folder.resolve("a.onnx"), OnnxModel.doubling());
        assertThatThrownBy(() -> SpeechDetector.open(other, Devices.CPU))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("is not Silero's model");
    }
}
