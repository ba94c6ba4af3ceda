package dev.outrider.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.sense.Sound;
import dev.outrider.ai.sense.SpeechDetector;
import dev.outrider.ai.sense.SpeechToText;
import dev.outrider.ai.sense.TextToSpeech;
import dev.outrider.ai.testing.Natives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journey by voice: a folder of sounds is the microphone, another one the loudspeaker. */
@Tag("real-model")
class VoiceIT {

    /** Models are opened, and compiled where that was never done here. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String ORDER = "Por favor, gira noventa grados a la izquierda.";

    @TempDir Path folder;
    private Path microphone;
    private Path speaker;

    @BeforeEach
    void needsTheModels() throws IOException {
        Natives.assumeOpenVino();
        SpeechToText.Files whisper = SpeechToText.Files.of("base");
        Stream.of(
                        SpeechDetector.MODEL,
                        whisper.encoder(),
                        whisper.decoder(),
                        whisper.tokenizer(),
                        TextToSpeech.MODEL,
                        TextToSpeech.TOKENIZER,
                        TextToSpeech.voice("es"))
                .forEach(Natives::assumeFile);
        microphone = Files.createDirectory(folder.resolve("microphone"));
        speaker = Files.createDirectory(folder.resolve("speaker"));
    }

    @Test
    void turnsWhenItIsToldToAndSaysSo() throws Exception {
        try (RobotProcess robot =
                        RobotProcess.start(
                                folder.resolve("data"),
                                "--microphone",
                                microphone.toString(),
                                "--speaker",
                                speaker.toString(),
                                "--listen");
                Ears ears = new Ears(robot.broker())) {
            ears.controller.listen("tel/voice");
            assertThat(robot.log()).contains("listening all the time");

            Files.writeString(microphone.resolve("0.wav"), "RIFF but not really");
            say(ORDER, "1.wav");
            await().atMost(PATIENCE).until(() -> !measured(ears).isEmpty());
            String id = measured(ears).getFirst().path("id").asText();
            JsonNode outcome = ears.outcome(id);

            assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("done");
            assertThat(outcome.at("/plan/0/angle").asDouble()).isEqualTo(90);
            assertThat(ears.state().at("/pose/heading").asDouble()).isCloseTo(90, within(2.0));
            await().atMost(PATIENCE).until(() -> spoken().size() == 2);
            assertThat(Sound.read(spoken().getFirst()).seconds()).isGreaterThan(0.5);
            assertThat(robot.log()).contains("cannot listen").contains("0.wav");
            assertThat(shown(ears))
                    .as("partial text is always followed by the final one")
                    .allSatisfy(json -> assertThat(json.path("text").isTextual()).isTrue())
                    .satisfies(all ->
                            assertThat(all.isEmpty() || !all.getLast().path("partial").asBoolean())
                                    .isTrue());
            System.out.println("VOICE " + measured(ears).getFirst());
        }
    }

    private static List<JsonNode> measured(Ears ears) {
        return voice(ears).filter(json -> json.has("milliseconds")).toList();
    }

    /** What was said while it was, where the processor is fast enough. */
    private static List<JsonNode> shown(Ears ears) {
        return voice(ears).filter(json -> json.has("partial")).toList();
    }

    private static Stream<JsonNode> voice(Ears ears) {
        return ears.heard.stream()
                .filter(m -> m.branch().equals("tel/voice"))
                .map(m -> Ears.json(m.json()));
    }

    private List<Path> spoken() throws IOException {
        try (Stream<Path> files = Files.list(speaker)) {
            return files.filter(f -> f.toString().endsWith(".wav")).sorted().toList();
        }
    }

    /** Moved, so that it is heard whole. */
    private void say(String text, String name) throws IOException {
        try (TextToSpeech voice =
                TextToSpeech.kokoro(
                        Natives.assumeFile(TextToSpeech.MODEL),
                        Natives.assumeFile(TextToSpeech.TOKENIZER),
                        Natives.assumeFile(TextToSpeech.voice("es")),
                        "es",
                        Devices.CPU)) {
            Path wav = Files.write(folder.resolve(name), voice.speak(text).toWav());
            Files.move(wav, microphone.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
