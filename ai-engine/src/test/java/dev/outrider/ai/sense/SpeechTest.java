package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Kokoro speaks and Whisper writes it down; skipped where they cannot be fetched. */
@Tag("real-model")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SpeechTest {
    private final SpeechModels models = new SpeechModels();
    private SpeechToText whisper;

    @BeforeAll
    void open() {
        whisper = models.writer("whisper-base");
    }

    @AfterAll
    void close() {
        models.close();
    }

    private static String words(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-záéíóúñ0-9 ]", "").strip();
    }

    @Test
    void whatIsSaidInEnglishIsWrittenInEnglish() {
        var sound = models.voice("en").speak("Drive forward and then turn left.");

        var written = whisper.transcribe(sound);

        assertThat(sound.seconds()).isBetween(1.0, 6.0);
        assertThat(written.language()).isEqualTo("en");
        assertThat(words(written.text())).isEqualTo("drive forward and then turn left");
    }

    @Test
    void otherModelsWriteTheSame() {
        var sound = models.voice("en").speak("Drive forward and then turn left.");

        for (String model : SpeechToText.MODELS) {
            var written = models.writer(model).transcribe(sound);

            assertThat(written.language()).as(model).isEqualTo("en");
            assertThat(words(written.text()))
                    .as(model)
                    .isEqualTo("drive forward and then turn left");
        }
    }

    @Test
    void moonshineWritesEnglishOnly() {
        var moonshine = models.writer("moonshine-tiny");

        assertThatThrownBy(() -> moonshine.transcribe(Spoken.silence(1), "es"))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("Moonshine knows no language es");
        assertThat(moonshine.transcribe(Spoken.silence(0.01)).language()).isEqualTo("en");
        assertThatThrownBy(() -> SpeechToText.Files.named("whisper-huge"))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("there are whisper-tiny");
    }

    @Test
    void whatIsSaidInSpanishIsWrittenInSpanish() {
        var sound = models.voice("es").speak("Gira a la izquierda, por favor.");

        var written = whisper.transcribe(sound);

        assertThat(written.language()).isEqualTo("es");
        assertThat(words(written.text())).endsWith("la izquierda por favor");
    }

    @Test
    void theFirstSentenceIsHeardBeforeTheSecondIsMadeAndSpeakingCanBeStopped() {
        var heard = new ArrayList<Sound>();

        models.voice("en")
                .speak(
                        "Yes. Please stop now. Never said.",
                        sound -> heard.add(sound) && heard.size() < 2);

        assertThat(heard).hasSize(2);
    }

    @Test
    void thePlainVoiceNeedsNoModel() {
        try (var voice = TextToSpeech.plain("es")) {
            assertThat(voice.speak("Hola.").seconds()).isBetween(0.2, 3.0);
            assertThat(voice.speak("  ").samples()).isEmpty();
            assertThat(voice.speak("--version -w /tmp/x").seconds()).isGreaterThan(0.2);
        }
        assertThatThrownBy(() -> TextToSpeech.plain("tlh"))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("no voice speaks tlh");
        assertThatThrownBy(() -> whisper.transcribe(Spoken.silence(1), "tlh"))
                .hasMessageContaining("no language tlh");
    }
}
