package dev.outrider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.ai.sense.SenseException;
import dev.outrider.ai.sense.Sound;
import dev.outrider.ai.sense.SpeechDetector;
import dev.outrider.ai.sense.SpeechToText;
import dev.outrider.ai.sense.TextToSpeech;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TestSounds;
import dev.outrider.codec.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** hear, say, and bench openvino. */
class SenseCommandsTest {

    @TempDir Path folder;

    private static void assumeEspeak() {
        try {
            TextToSpeech.plain("en").close();
        } catch (SenseException e) {
            Assumptions.abort(String.valueOf(e.getMessage()));
        }
    }

    @Test
    void saysATextIntoAFile() {
        assumeEspeak();
        Path wav = folder.resolve("hola.wav");

        Typed typed =
                Typed.into(
                        new SayCommand(),
                        "Hola, ya estoy aquí.",
                        "--plain",
                        "--language",
                        "es",
                        "--out",
                        wav.toString());

        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(typed.out()).startsWith(wav.toString());
        assertThat(Sound.read(wav).seconds()).isBetween(0.5, 5.0);
    }

    @Test
    void saysWhatCannotBeSaid() {
        assumeEspeak();

        Typed typed = Typed.into(new SayCommand(), "Qapla'", "--language", "tlh");

        assertThat(typed.exit()).isEqualTo(1);
        assertThat(typed.err()).contains("no voice speaks tlh").hasLineCount(1);
        assertThat(Typed.into(new SayCommand(), "a", "--plain", "--out", folder.toString()).err())
                .contains("is a folder");
    }

    @Test
    void hearsNoSpeechInSilence() throws IOException {
        Natives.assumeOpenVino();
        Natives.assumeFile(SpeechDetector.MODEL);
        Path wav = folder.resolve("silence.wav");
        Files.write(wav, new Sound(16000, new float[32000]).toWav());

        Typed typed = Typed.into(new HearCommand(), wav.toString(), "--json");

        assertThat(typed.exit()).as(typed.err()).isZero();
        var json = PlanJson.MAPPER.readTree(typed.out());
        assertThat(json.at("/seconds").asDouble()).isEqualTo(2);
        assertThat(json.at("/speech")).isEmpty();
    }

    @Test
    @Tag("real-model")
    void showsWhatIsSaidWhileItIs() throws IOException {
        Natives.assumeOpenVino();
        SpeechToText.Files files = SpeechToText.Files.of("tiny");
        Stream.of(SpeechDetector.MODEL, files.encoder(), files.decoder(), files.tokenizer())
                .forEach(Natives::assumeFile);
        Path wav = TestSounds.assumeSpeech();

        Typed typed =
                Typed.into(
                        new HearCommand(),
                        wav.toString(),
                        "--partial",
                        "--model",
                        "whisper-tiny",
                        "--json");

        assertThat(typed.exit()).as(typed.err()).isZero();
        StringBuilder text = new StringBuilder();
        for (String line : typed.out().lines().toList()) {
            JsonNode event = PlanJson.MAPPER.readTree(line);
            text.append(event.path("final").asBoolean() ? event.path("text").asText() : "");
        }
        assertThat(text).containsIgnoringCase("no matter").containsIgnoringCase("better");
    }

    @Test
    void saysWhatCannotBeHeard() throws IOException {
        Path text = Files.writeString(folder.resolve("a.wav"), "no sound");

        assertThat(Typed.into(new HearCommand(), text.toString()).err())
                .contains("is no WAV file")
                .hasLineCount(1);
        Typed huge = Typed.into(new HearCommand(), text.toString(), "--model", "huge");
        assertThat(huge.exit()).isEqualTo(2);
        assertThat(huge.err()).contains("there are whisper-tiny");
    }

    @Test
    void measuresTheCostOfACall() throws IOException {
        Natives.assumeOpenVino();

        Typed typed = Typed.into(new OpenVinoBenchCommand(), "--only", "tiny", "--json");

        assertThat(typed.exit()).as(typed.err()).isZero();
        var json = PlanJson.MAPPER.readTree(typed.out());
        assertThat(json.at("/name").asText()).isEqualTo("openvino");
        assertThat(json.at("/figures/tiny/value").asDouble()).isPositive();
        if (!typed.err().contains("no C program")) {
            assertThat(json.at("/figures/tiny/ratio").asDouble()).isPositive();
        }
    }
}
