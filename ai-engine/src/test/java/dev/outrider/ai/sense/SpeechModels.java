package dev.outrider.ai.sense;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.testing.Natives;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The models of hearing and speaking, opened once; a test that asks for one is skipped without. */
final class SpeechModels implements AutoCloseable {
    private final Map<String, SpeechToText> writers = new HashMap<>();
    private final Map<String, TextToSpeech> voices = new HashMap<>();
    private final Deque<Runnable> opened = new ArrayDeque<>();
    private @Nullable SpeechDetector detector;

    SpeechDetector detector() {
        if (detector == null) {
            Natives.assumeOpenVino();
            var file = Natives.assumeFile(SpeechDetector.MODEL);
            detector = SpeechDetector.open(file, Devices.CPU);
            opened.push(detector::close);
        }
        return detector;
    }

    /** Of a name such as {@code whisper-tiny}. */
    SpeechToText writer(String model) {
        return writers.computeIfAbsent(
                model,
                name -> {
                    Natives.assumeOpenVino();
                    var files = SpeechToText.Files.named(name);
                    var writer =
                            SpeechToText.open(
                                    Natives.assumeFile(files.encoder()),
                                    Natives.assumeFile(files.decoder()),
                                    Natives.assumeFile(files.tokenizer()),
                                    Devices.CPU);
                    opened.push(writer::close);
                    return writer;
                });
    }

    /** Kokoro, in a language by its two letters. */
    TextToSpeech voice(String language) {
        return voices.computeIfAbsent(
                language,
                letters -> {
                    Natives.assumeOpenVino();
                    Espeak.missing().ifPresent(Assumptions::abort);
                    var voice =
                            TextToSpeech.kokoro(
                                    Natives.assumeFile(TextToSpeech.MODEL),
                                    Natives.assumeFile(TextToSpeech.TOKENIZER),
                                    Natives.assumeFile(TextToSpeech.voice(letters)),
                                    letters,
                                    Devices.CPU);
                    opened.push(voice::close);
                    return voice;
                });
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
