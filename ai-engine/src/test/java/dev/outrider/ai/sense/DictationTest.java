package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.ai.sense.Dictation.Event;
import dev.outrider.ai.sense.Dictation.Event.Partial;
import dev.outrider.ai.sense.Dictation.Event.Utterance;
import dev.outrider.ai.testing.TestSounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Silero with Moonshine and Whisper; skipped where they cannot be fetched. */
@Tag("real-model")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DictationTest {
    private final SpeechModels models = new SpeechModels();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private SpeechToText writer;

    @BeforeAll
    void open() {
        writer = models.writer("moonshine-tiny");
    }

    @AfterAll
    void close() {
        models.close();
    }

    @BeforeEach
    void forget() {
        events.clear();
    }

    private Dictation dictation(SpeechToText by, Duration pause, boolean partial) {
        var options = new Dictation.Options(pause, partial);
        return Dictation.of(models.detector(), by::transcribe, options, events::add);
    }

    /** A second of silence, two sentences with a second between them, and a second of silence. */
    private static List<float[]> chunks() {
        var rate = Sound.SPEECH_RATE;
        var first = Spoken.sentence("en-us", "Drive forward two meters.").at(rate).samples();
        var second = Spoken.sentence("en-us", "Turn left and stop.").at(rate).samples();
        var all = new float[3 * rate + first.length + second.length];
        System.arraycopy(first, 0, all, rate, first.length);
        System.arraycopy(second, 0, all, 2 * rate + first.length, second.length);
        return chunks(all);
    }

    private static List<float[]> chunks(float[] all) {
        var chunks = new ArrayList<float[]>();
        for (int at = 0; at + Dictation.CHUNK <= all.length; at += Dictation.CHUNK) {
            chunks.add(Arrays.copyOfRange(all, at, at + Dictation.CHUNK));
        }
        return chunks;
    }

    @Test
    void writesEachUtteranceWhenItEnds() throws InterruptedException {
        try (var dictation = dictation(writer, Endpointer.PAUSE, false)) {
            boolean heard = false;
            int chunk = 0;
            var chunks = chunks();
            while (events.isEmpty() && chunk < chunks.size() - 60) {
                heard |= dictation.hear(chunks.get(chunk++));
            }
            var first = (Utterance) events.take(); // while the second is still to be said
            for (; chunk < chunks.size(); chunk++) {
                dictation.hear(chunks.get(chunk));
            }
            dictation.finish();
            var second = (Utterance) events.take();

            assertThat(heard).isTrue();
            assertThat(first.text()).containsIgnoringCase("drive forward");
            assertThat(first.from()).isBetween(0.9, 1.4);
            assertThat(second.text()).containsIgnoringCase("left");
            assertThat(second.from()).isGreaterThan(first.to());
            assertThat(events).isEmpty();
        }
    }

    @Test
    void showsWhatWasSaidSoFarAndThenTheUtterance() {
        var whisper = models.writer("whisper-tiny");
        var speech = Sound.read(TestSounds.assumeSpeech()).at(Sound.SPEECH_RATE).samples();
        try (var dictation = dictation(whisper, Duration.ofSeconds(2), true)) {
            for (float[] chunk : chunks(speech)) {
                dictation.hear(chunk);
                if (!dictation.idle()) {
                    await().until(dictation::idle); // as if it were spoken that slowly
                }
            }
            dictation.finish();
        }
        var all = List.copyOf(events);

        assertThat(all).hasSizeGreaterThan(1);
        assertThat(all.subList(0, all.size() - 1)).hasOnlyElementsOfType(Partial.class);
        assertThat(((Partial) all.getFirst()).text()).containsIgnoringCase("ever");
        assertThat(((Utterance) all.getLast()).text())
                .containsIgnoringCase("no matter")
                .containsIgnoringCase("fail better");
    }

    @Test
    void hearsNothingInSilence() {
        try (var dictation = dictation(writer, Endpointer.PAUSE, true)) {
            for (int i = 0; i < 60; i++) {
                assertThat(dictation.hear(new float[Dictation.CHUNK])).isFalse();
            }
            dictation.finish();
        }

        assertThat(events).isEmpty();
    }

    @Test
    void stopsWritingWhenItIsClosed() {
        var dictation = dictation(writer, Endpointer.PAUSE, false);
        var chunks = chunks();
        for (float[] chunk : chunks.subList(0, chunks.size() - 20)) {
            dictation.hear(chunk);
        }
        dictation.close();
        int before = events.size();

        assertThat(before).isLessThan(2);
        assertThat(writer.transcribe(Spoken.silence(1)).language()).isEqualTo("en");
        assertThat(events).hasSize(before);
    }
}
