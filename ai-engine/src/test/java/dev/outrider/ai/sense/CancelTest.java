package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.sense.TextEmbedder.Kind;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TestPictures;
import dev.outrider.ai.testing.TestSounds;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every sense ends when its thread is interrupted, by saying so and not with an answer, and can be
 * used afterwards. With real weights; skipped where they cannot be fetched.
 */
@Tag("real-model")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CancelTest {
    private static final String LONG =
            "the robot drives through the long corridor and looks into every room it passes ";

    private final SpeechModels models = new SpeechModels();

    @AfterAll
    void close() {
        models.close();
    }

    /** Begins work that goes on until it is cancelled; the number of answers it gave. */
    private static int cancelled(Runnable work) throws Exception {
        var begun = new CountDownLatch(1);
        var answers = new AtomicInteger();
        var interrupted = new CompletableFuture<Boolean>();
        var thread =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                begun.countDown();
                                while (true) {
                                    work.run();
                                    answers.incrementAndGet();
                                }
                            } catch (SenseException.Cancelled e) {
                                interrupted.complete(Thread.currentThread().isInterrupted());
                            } catch (Throwable e) {
                                interrupted.completeExceptionally(e);
                            }
                        });
        begun.await();
        thread.interrupt();
        assertThat(interrupted.get()).as("it still is").isTrue();
        return answers.get();
    }

    @Test
    void readingText() throws Exception {
        Natives.assumeOpenVino();
        try (var reader =
                TextReader.open(
                        Natives.assumeFile(TextReader.FINDER),
                        Natives.assumeFile(TextReader.READER),
                        Devices.CPU)) {
            var page = Signs.page("line %d of a page", 24);

            assertThat(cancelled(() -> reader.read(page, 0.5))).isZero();

            assertThat(reader.read(Signs.page("DOCK %d", 1), 0.5))
                    .extracting(TextReader.Line::text)
                    .containsExactly("DOCK 1");
        }
    }

    @Test
    void seeingThings() throws Exception {
        Natives.assumeOpenVino();
        try (var detector =
                ObjectDetector.open(Natives.assumeFile(ObjectDetector.MODEL), Devices.CPU)) {
            var picture = Picture.read(TestPictures.CAT.assume());

            cancelled(() -> detector.detect(picture, 0.5));

            assertThat(detector.detect(picture, 0.5)).first().extracting("label").isEqualTo("cat");
        }
    }

    @Test
    void writingSpeechDown() throws Exception {
        for (String model : new String[] {"whisper-tiny", "moonshine-tiny"}) {
            var writer = models.writer(model);
            var speech = Sound.read(TestSounds.assumeSpeech());
            var minute = Spoken.repeated(speech, 6);

            assertThat(cancelled(() -> writer.transcribe(minute))).as(model).isZero();

            assertThat(writer.transcribe(speech).text())
                    .as(model)
                    .containsIgnoringCase("no matter");
        }
    }

    @Test
    void findingSpeech() throws Exception {
        var detector = models.detector();
        var speech = Sound.read(TestSounds.assumeSpeech());

        cancelled(() -> detector.find(speech));

        assertThat(detector.find(speech)).isNotEmpty();
    }

    @Test
    void speaking() throws Exception {
        var voice = models.voice("en");

        assertThat(cancelled(() -> voice.speak(LONG.repeat(4)))).isZero();

        assertThat(voice.speak("Yes.").seconds()).isGreaterThan(0.2);
    }

    @Test
    void speakingBetweenTwoSentences() throws Exception {
        var voice = models.voice("en");
        var heard = new ArrayList<Sound>();

        cancelled(() ->
                voice.speak(
                        "Yes. Never said. Nor this.",
                        sound -> {
                            Thread.currentThread().interrupt();
                            return heard.add(sound);
                        }));

        assertThat(heard).hasSizeLessThan(2);
        assertThat(voice.speak("Yes.").seconds()).isGreaterThan(0.2);
    }

    @Test
    void speakingInThePlainVoice() throws Exception {
        Espeak.missing().ifPresent(Assumptions::abort);
        try (var voice = TextToSpeech.plain("en")) {
            cancelled(() -> voice.speak(LONG));

            assertThat(voice.speak("Yes.").seconds()).isGreaterThan(0.2);
        }
    }

    @Test
    void embeddingTexts() throws Exception {
        Natives.assumeOpenVino();
        for (Kind kind : Kind.values()) {
            try (var embedder =
                    TextEmbedder.open(
                            kind,
                            Natives.assumeFile(kind.model()),
                            Natives.assumeFile(kind.tokenizer()),
                            Devices.CPU)) {
                cancelled(() -> embedder.embed(LONG.repeat(40)));

                assertThat(embedder.likeness("a red car", "a red car"))
                        .as(kind.name())
                        .isGreaterThan(0.99);
            }
        }
    }
}
