package dev.outrider.cli;

import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.sense.Sound;
import dev.outrider.ai.sense.TextToSpeech;
import dev.outrider.codec.PlanJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            if (out.isPresent()) {
                Sound sound = voice.speak(text);
                Files.write(out.get(), sound.toWav());
                print(sound.seconds(), sound.rate());
            } else {
                play(voice);
            }
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

    /** The first piece is heard while the next one is made. */
    private void play(TextToSpeech voice) {
        List<Sound> pieces = new ArrayList<>();
        try (Loudspeaker loudspeaker = new Loudspeaker()) {
            voice.speak(text, piece -> pieces.add(piece) && loudspeaker.play(piece));
        } catch (UncheckedIOException | IOException e) {
            throw new CommandFailure(
                    "the loudspeaker needs the program aplay (%s); name a file with --out"
                            .formatted(e.getMessage()));
        }
        print(
                pieces.stream().mapToDouble(Sound::seconds).sum(),
                pieces.isEmpty() ? 0 : pieces.getFirst().rate());
    }

    /** ALSA's player, started with the first piece. */
    private static final class Loudspeaker implements AutoCloseable {
        private static final int WAV_HEADER = 44;

        private @Nullable Process player;

        /** True unless the player has ended, for want of a loudspeaker. */
        boolean play(Sound piece) {
            try {
                if (player == null) {
                    player = start(piece.rate());
                }
                byte[] wav = piece.toWav();
                player.getOutputStream().write(wav, WAV_HEADER, wav.length - WAV_HEADER);
                player.getOutputStream().flush();
                return true;
            } catch (IOException e) {
                if (player == null) {
                    throw new UncheckedIOException(e);
                }
                return false;
            }
        }

        private static Process start(int rate) throws IOException {
            String samples = Integer.toString(rate);
            return new ProcessBuilder(
                            "aplay", "-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", samples)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }

        @Override
        public void close() throws IOException {
            if (player == null) {
                return;
            }
            try (var in = player.getOutputStream()) {
                in.flush();
            } catch (IOException e) {
                throw none();
            }
            try {
                if (player.waitFor() != 0) {
                    throw none();
                }
            } catch (InterruptedException e) {
                player.destroy();
                Thread.currentThread().interrupt();
                throw new CommandFailure("interrupted");
            }
        }

        private static CommandFailure none() {
            return new CommandFailure("aplay found no loudspeaker; name a file with --out");
        }
    }

    private void print(double seconds, int rate) {
        var writer = spec.commandLine().getOut();
        if (json) {
            var object =
                    PlanJson.MAPPER
                            .createObjectNode()
                            .put("text", text)
                            .put("language", language)
                            .put("seconds", seconds)
                            .put("rate", rate);
            out.ifPresent(file -> object.put("file", file.toString()));
            writer.println(object);
        } else if (out.isPresent()) {
            writer.println(String.format(Locale.ROOT, "%s: %.1f s", out.get(), seconds));
        }
    }
}
