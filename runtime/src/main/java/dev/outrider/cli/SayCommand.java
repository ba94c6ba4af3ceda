package dev.outrider.cli;

import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.sense.Sound;
import dev.outrider.ai.sense.TextToSpeech;
import dev.outrider.codec.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Speaks a text. */
@Command(
        name = "say",
        mixinStandardHelpOptions = true,
        description = {
            "Speaks a text, in English or Spanish, into a WAV file or through the loudspeaker.",
            "Needs the program espeak-ng; the model is fetched once and accepted only by its SHA-256."
        },
        footer = {
            "",
            "Example: outrider say \"Hola, ya estoy aquí.\" --language es --out hola.wav"
        })
final class SayCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "TEXT", description = "What to say.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String text;

    @Option(
            names = "--out",
            paramLabel = "WAV",
            description = "The file to write (default: the loudspeaker, by aplay).")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--language", paramLabel = "XX", description = "en or es (default: en).")
    private String language = "en";

    @Option(names = "--plain", description = "espeak-ng's own voice, without a model.")
    private boolean plain;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (out.isPresent() && Files.isDirectory(out.get())) {
            throw new CommandFailure(out.get() + " is a folder; name the file to write");
        }
        try (TextToSpeech voice = plain ? TextToSpeech.plain(language) : kokoro()) {
            Sound sound = voice.speak(text);
            if (out.isPresent()) {
                Files.write(out.get(), sound.toWav());
            } else {
                play(sound);
            }
            print(sound);
        }
        return 0;
    }

    private TextToSpeech kokoro() {
        TextToSpeech.plain(language).close(); // says what is missing before anything is fetched
        return TextToSpeech.kokoro(
                fetched(TextToSpeech.MODEL),
                fetched(TextToSpeech.TOKENIZER),
                fetched(TextToSpeech.voice(language)),
                language,
                Devices.CPU);
    }

    private Path fetched(String name) {
        ModelCatalogue catalogue = ModelCatalogue.standard();
        return catalogue.fetch(
                catalogue.named(name), new PullProgress(spec.commandLine().getErr()));
    }

    private static void play(Sound sound) {
        try {
            Process process =
                    new ProcessBuilder("aplay", "-q", "-")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (var in = process.getOutputStream()) {
                in.write(sound.toWav());
            }
            if (process.waitFor() != 0) {
                throw new CommandFailure("aplay found no loudspeaker; name a file with --out");
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    "the loudspeaker needs the program aplay (%s); name a file with --out"
                            .formatted(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        }
    }

    private void print(Sound sound) {
        var writer = spec.commandLine().getOut();
        if (json) {
            var object =
                    PlanJson.MAPPER
                            .createObjectNode()
                            .put("text", text)
                            .put("language", language)
                            .put("seconds", sound.seconds())
                            .put("rate", sound.rate());
            out.ifPresent(file -> object.put("file", file.toString()));
            writer.println(object);
        } else if (out.isPresent()) {
            writer.println(String.format(Locale.ROOT, "%s: %.1f s", out.get(), sound.seconds()));
        }
    }
}
