package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.sense.Dictation.Utterance;
import dev.outrider.ai.testing.Natives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Silero and Moonshine; skipped where they cannot be fetched. */
@Tag("real-model")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DictationTest {
    private SpeechDetector detector;
    private SpeechToText writer;

    @BeforeAll
    void open() {
        Natives.assumeOpenVino();
        var files = SpeechToText.Files.named("moonshine-tiny");
        detector = SpeechDetector.open(Natives.assumeFile(SpeechDetector.MODEL), Devices.CPU);
        writer =
                SpeechToText.open(
                        Natives.assumeFile(files.encoder()),
                        Natives.assumeFile(files.decoder()),
                        Natives.assumeFile(files.tokenizer()),
                        Devices.CPU);
    }

    @AfterAll
    void close() {
        if (writer != null) {
            writer.close();
            detector.close();
        }
    }

    /** A second of silence, two sentences with a second between them, and a second of silence. */
    private static List<float[]> chunks() {
        var rate = Sound.SPEECH_RATE;
        var first = Spoken.sentence("en-us", "Drive forward two meters.").at(rate).samples();
        var second = Spoken.sentence("en-us", "Turn left and stop.").at(rate).samples();
        var all = new float[3 * rate + first.length + second.length];
        System.arraycopy(first, 0, all, rate, first.length);
        System.arraycopy(second, 0, all, 2 * rate + first.length, second.length);
        var chunks = new ArrayList<float[]>();
        for (int at = 0; at + Dictation.CHUNK <= all.length; at += Dictation.CHUNK) {
            chunks.add(Arrays.copyOfRange(all, at, at + Dictation.CHUNK));
        }
        return chunks;
    }

    @Test
    void writesEachUtteranceWhenItEnds() throws InterruptedException {
        BlockingQueue<Utterance> written = new LinkedBlockingQueue<>();
        try (var dictation = Dictation.of(detector, writer, "en", Endpointer.PAUSE, written::add)) {
            boolean heard = false;
            int chunk = 0;
            var chunks = chunks();
            while (written.isEmpty() && chunk < chunks.size() - 60) {
                heard |= dictation.hear(chunks.get(chunk++));
            }
            var first = written.take(); // while the second is still to be said
            for (; chunk < chunks.size(); chunk++) {
                dictation.hear(chunks.get(chunk));
            }
            dictation.finish();
            var second = written.take();

            assertThat(heard).isTrue();
            assertThat(first.text()).containsIgnoringCase("drive forward");
            assertThat(first.from()).isBetween(0.7, 1.4);
            assertThat(second.text()).containsIgnoringCase("left");
            assertThat(second.from()).isGreaterThan(first.to());
            assertThat(written).isEmpty();
        }
    }

    @Test
    void hearsNothingInSilence() {
        var written = new ArrayList<Utterance>();
        try (var dictation = Dictation.of(detector, writer, Endpointer.PAUSE, written::add)) {
            for (int i = 0; i < 60; i++) {
                assertThat(dictation.hear(new float[Dictation.CHUNK])).isFalse();
            }
            dictation.finish();
        }

        assertThat(written).isEmpty();
    }

    @Test
    void stopsWritingWhenItIsClosed() {
        var written = new ArrayList<Utterance>();
        var dictation = Dictation.of(detector, writer, Endpointer.PAUSE, written::add);
        var chunks = chunks();
        for (float[] chunk : chunks.subList(0, chunks.size() - 20)) {
            dictation.hear(chunk);
        }
        dictation.close();
        int before = written.size();

        assertThat(before).isLessThan(2);
        assertThat(writer.transcribe(Spoken.silence(1)).language()).isEqualTo("en");
        assertThat(written).hasSize(before);
    }

    @Test
    void tellsThatItCouldNotWrite() {
        var dictation =
                Dictation.of(
                        detector,
                        writer,
                        Endpointer.PAUSE,
                        utterance -> {
                            throw new SenseException("no paper");
                        });
        try (dictation) {
            chunks().forEach(dictation::hear);

            assertThatThrownBy(dictation::finish)
                    .isInstanceOf(SenseException.class)
                    .hasMessage("no paper");
        }
    }
}
