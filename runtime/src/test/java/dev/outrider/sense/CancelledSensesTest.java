package dev.outrider.sense;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.Progress;
import dev.outrider.ai.sense.ObjectDetector;
import dev.outrider.ai.sense.Picture;
import dev.outrider.ai.sense.Sound;
import dev.outrider.ai.sense.SpeechDetector;
import dev.outrider.ai.sense.SpeechToText;
import dev.outrider.ai.sense.TextReader;
import dev.outrider.ai.sense.TextToSpeech;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TestPictures;
import dev.outrider.ai.testing.TestSounds;
import dev.outrider.kernel.Cancellation;
import dev.outrider.model.Finding;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the robot senses and says ends when it is cancelled, and works the next time. */
@Tag("real-model")
class CancelledSensesTest {

    private static final Models MODELS = new Models(ModelCatalogue.standard(), Progress.silent());

    private final Cancellation cancellation = new Cancellation();

    @BeforeEach
    void needsOpenVino() {
        Natives.assumeOpenVino();
    }

    /** Shows one picture, and has the first look at it cancelled from another thread. */
    private Camera cancelling(Picture picture) {
        return new Camera() {
            @Override
            public Picture take() {
                Thread.ofPlatform().start(() -> cancellation.request("enough"));
                return picture;
            }

            @Override
            public String describe() {
                return "cancelling";
            }
        };
    }

    @Test
    void looking() {
        Natives.assumeFile(ObjectDetector.MODEL);
        Picture picture = Picture.read(TestPictures.COFFEE.assume());
        try (Eyes eyes = new Eyes(cancelling(picture), MODELS)) {
            assertThat(eyes.look(new Cancellation()).orElseThrow().things())
                    .extracting(Finding::label)
                    .contains("cup");

            assertThat(eyes.look(requested())).isEmpty();

            assertThat(eyes.look(new Cancellation())).isPresent();
        }
    }

    @Test
    void reading() {
        Natives.assumeFile(TextReader.FINDER);
        Natives.assumeFile(TextReader.READER);
        Picture picture = Picture.read(TestPictures.COFFEE.assume());
        try (Eyes eyes = new Eyes(cancelling(picture), MODELS)) {
            assertThat(eyes.read(requested())).isEmpty();

            assertThat(eyes.read(new Cancellation())).isPresent();
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    /** Asked for by the time it is begun. */
    private static Cancellation requested() {
        Cancellation requested = new Cancellation();
        requested.request("enough");
        return requested;
    }

    @Test
    void lookingInTheMiddle() {
        Natives.assumeFile(ObjectDetector.MODEL);
        Picture picture = Picture.read(TestPictures.COFFEE.assume());
        try (Eyes eyes = new Eyes(cancelling(picture), MODELS)) {
            eyes.prepare();
            while (eyes.look(cancellation).isPresent()) {
                Thread.onSpinWait(); // until the other thread is heard
            }

            assertThat(eyes.look(new Cancellation())).isPresent();
        }
    }

    @Test
    void listeningWhileNobodySpeaks() {
        try (Ears ears = ears(new Sound(Sound.SPEECH_RATE, new float[0]), () -> {})) {
            assertThat(
                            ears.listen(
                                    Duration.ofHours(1),
                                    fraction -> cancellation.request("enough"),
                                    cancellation))
                    .isEmpty();
        }
    }

    @Test
    void listeningWhileItIsWrittenDown() {
        Sound speech = Sound.read(TestSounds.assumeSpeech()).at(Sound.SPEECH_RATE);
        Runnable enough = () -> Thread.ofPlatform().start(() -> cancellation.request("enough"));
        try (Ears ears = ears(speech, enough)) {
            assertThat(ears.listen(Duration.ofHours(1), f -> {}, cancellation)).isEmpty();

            assertThat(
                            ears.listen(Duration.ofHours(1), f -> {}, new Cancellation())
                                    .orElseThrow()
                                    .text())
                    .containsIgnoringCase("ever");
        }
    }

    private static Ears ears(Sound speech, Runnable closed) {
        SpeechToText.Files files = SpeechToText.Files.of("tiny");
        Stream.of(SpeechDetector.MODEL, files.encoder(), files.decoder(), files.tokenizer())
                .forEach(Natives::assumeFile);
        return new Ears(new Recording(speech, closed), MODELS, "tiny");
    }

    /** A recording, as fast as it is asked for, and silence behind it. */
    private record Recording(Sound sound, Runnable closed) implements Microphone {

        @Override
        public Microphone.Stream open() {
            return new Microphone.Stream() {
                private int at;

                @Override
                public void next(float[] chunk) {
                    Arrays.fill(chunk, 0);
                    float[] samples = sound.samples();
                    int length = Math.min(chunk.length, samples.length - at);
                    System.arraycopy(samples, at, chunk, 0, length);
                    at += length;
                }

                @Override
                public void close() {
                    closed.run();
                }
            };
        }

        @Override
        public String describe() {
            return "a recording";
        }

        @Override
        public boolean hearsTheSpeaker() {
            return false;
        }
    }

    @Test
    void speaking() {
        Stream.of(TextToSpeech.MODEL, TextToSpeech.TOKENIZER, TextToSpeech.voice("en"))
                .forEach(Natives::assumeFile);
        AtomicInteger played = new AtomicInteger();
        Loudspeaker speaker = new Counting(played);
        try (Mouth mouth = new Mouth(speaker, MODELS, text -> "en")) {
            boolean heard =
                    mouth.say(
                            "Yes. Never said. Nor this.",
                            cancellation,
                            () -> cancellation.request("enough"));

            assertThat(heard).isFalse();
            assertThat(played).hasValue(1);
            assertThat(Thread.interrupted()).isFalse();
            assertThat(mouth.say("Yes. Said.", new Cancellation(), mouth::hush)).isFalse();
            assertThat(played).hasValue(2);
            assertThat(mouth.say("Yes. Said.", new Cancellation(), () -> {})).isTrue();
            assertThat(played).hasValue(4);
        }
    }

    private record Counting(AtomicInteger played) implements Loudspeaker {

        @Override
        public Playback begin() {
            return new Playback() {
                @Override
                public void play(Sound sound) {
                    played.incrementAndGet();
                }

                @Override
                public void cut() {}

                @Override
                public void close() {}
            };
        }

        @Override
        public String describe() {
            return "counting";
        }
    }
}
