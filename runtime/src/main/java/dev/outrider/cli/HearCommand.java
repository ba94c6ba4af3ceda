package dev.outrider.cli;

import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.sense.Dictation;
import dev.outrider.ai.sense.Endpointer;
import dev.outrider.ai.sense.SenseException;
import dev.outrider.ai.sense.Sound;
import dev.outrider.ai.sense.SpeechDetector;
import dev.outrider.ai.sense.SpeechDetector.Speech;
import dev.outrider.ai.sense.SpeechToText;
import dev.outrider.ai.sense.SpeechToText.Transcript;
import dev.outrider.codec.PlanJson;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes down what is said in a sound file. */
@Command(
        name = "hear",
        mixinStandardHelpOptions = true,
        description = {
            "Writes down what is said in a sound file, in the language it is said in.",
            "The models are fetched once, by package name, and accepted only by their SHA-256."
        },
        footer = {"", "Example: outrider hear order.wav --language es"})
final class HearCommand implements Callable<Integer> {

    private static final long CHUNK_NANOS =
            TimeUnit.SECONDS.toNanos(Dictation.CHUNK) / Sound.SPEECH_RATE;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "WAV", description = "A WAV file of any rate and number of channels.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path wav;

    @Option(
            names = "--language",
            paramLabel = "XX",
            description = "Two letters, such as en or es (default: as heard).")
    private Optional<String> language = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "whisper-tiny, whisper-base or whisper-small for many languages, moonshine-tiny"
                            + " for English (default: whisper-base).")
    private String model = "whisper-base";

    @Option(
            names = "--partial",
            description = {
                "Hear it at the speed it was spoken, and show what is said while it is, where the"
                        + " processor is fast enough; an utterance ends with half a second of"
                        + " silence."
            })
    private boolean partial;

    @Option(
            names = "--json",
            description =
                    "Print one JSON object; with --partial one a line, {\"text\":…,\"final\":false}"
                            + " until it is true.")
    private boolean json;

    @Override
    public Integer call() {
        SpeechToText.Files files = files();
        Sound sound = Sound.read(wav);
        if (partial) {
            dictate(files, sound);
            return 0;
        }
        List<Speech> speech = speech(sound);
        if (speech.isEmpty()) {
            print(sound, speech, new Transcript("", ""));
            return 0;
        }
        try (SpeechToText writer = writer(files)) {
            print(sound, speech, written(writer, sound));
        }
        return 0;
    }

    private void dictate(SpeechToText.Files files, Sound sound) {
        float[] samples = sound.at(Sound.SPEECH_RATE).samples();
        boolean inPlace = !json && Progress.isTerminal();
        try (SpeechDetector detector = detector();
                SpeechToText writer = writer(files);
                Dictation dictation =
                        Dictation.of(
                                detector,
                                heard -> written(writer, heard),
                                new Dictation.Options(Endpointer.PAUSE, true),
                                new DictationScreen(spec.commandLine().getOut(), json, inPlace))) {
            long due = System.nanoTime();
            for (int at = 0; at < samples.length; at += Dictation.CHUNK) {
                due += CHUNK_NANOS;
                LockSupport.parkNanos(due - System.nanoTime());
                dictation.hear(Arrays.copyOfRange(samples, at, at + Dictation.CHUNK));
            }
            dictation.finish();
        }
    }

    private Transcript written(SpeechToText writer, Sound sound) {
        return language.isPresent()
                ? writer.transcribe(sound, language.get())
                : writer.transcribe(sound);
    }

    private SpeechToText writer(SpeechToText.Files files) {
        return SpeechToText.open(
                fetched(files.encoder()),
                fetched(files.decoder()),
                fetched(files.tokenizer()),
                Devices.ANY);
    }

    private SpeechDetector detector() {
        return SpeechDetector.open(fetched(SpeechDetector.MODEL), Devices.CPU);
    }

    private SpeechToText.Files files() {
        try {
            return SpeechToText.Files.named(model);
        } catch (SenseException e) {
            throw new ParameterException(spec.commandLine(), "--model: " + e.getMessage(), e);
        }
    }

    /** Whisper makes words up where there are none. */
    private List<Speech> speech(Sound sound) {
        try (SpeechDetector detector = detector()) {
            return detector.find(sound);
        }
    }

    private Path fetched(String name) {
        ModelCatalogue catalogue = ModelCatalogue.standard();
        return catalogue.fetch(
                catalogue.named(name), new PullProgress(spec.commandLine().getErr()));
    }

    private void print(Sound sound, List<Speech> speech, Transcript transcript) {
        if (!json) {
            spec.commandLine()
                    .getOut()
                    .println(speech.isEmpty() ? "no speech is heard" : transcript.text());
            return;
        }
        var object =
                PlanJson.MAPPER
                        .createObjectNode()
                        .put("sound", wav.toString())
                        .put("seconds", sound.seconds())
                        .put("model", model)
                        .put("text", transcript.text())
                        .put("language", transcript.language());
        var stretches = object.putArray("speech");
        speech.forEach(part -> stretches.addObject().put("from", part.from()).put("to", part.to()));
        spec.commandLine().getOut().println(object);
    }
}
