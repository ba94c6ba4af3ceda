package dev.outrider.ai.sense;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.openvino.OpenVinoBench.Figure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How well and how fast speech is spoken and written here: twenty sentences, ten in English and ten
 * in Spanish, spoken by Kokoro and written down again.
 */
public final class SpeechBench {
    private static final int ROUNDS = 5;
    private static final String LONG_SENTENCE =
            "I can see a red cup on the table, and beside it there is a cat that looks at me.";

    private final Function<String, Path> models;
    private final Consumer<String> log;
    private final Map<SpokenSentence, Sound> spoken = new HashMap<>();

    /**
     * @param models gives the file of a model of the catalogue by its name
     * @param log told, in a line, of every sentence that was written otherwise than said
     */
    public SpeechBench(Function<String, Path> models, Consumer<String> log) {
        this.models = models;
        this.log = log;
    }

    /** Time from being told a long sentence to its first sound, and to its last, in turns. */
    public List<Figure> firstSound() {
        var first = new ArrayList<Double>();
        var whole = new ArrayList<Double>();
        try (var voice = voice("en")) {
            for (int round = -1; round < ROUNDS; round++) {
                var times = new ArrayList<Double>();
                long start = System.nanoTime();
                voice.speak(LONG_SENTENCE, piece -> times.add((System.nanoTime() - start) / 1e6));
                if (round >= 0) { // new lengths cost extra the first time
                    first.add(times.getFirst());
                    whole.add(times.getLast());
                }
            }
        }
        return List.of(
                new Figure("first_sound", median(first), "ms"),
                new Figure("whole_sound", median(whole), "ms"));
    }

    /**
     * How much of the sentences a model writes otherwise than they were said, in both languages as
     * far as it knows them, and how long it takes for a second of sound.
     *
     * @param model as {@link SpeechToText.Files#named} takes it
     * @param suffix of the figures' names
     */
    public List<Figure> writing(String model, String suffix) {
        var files = SpeechToText.Files.named(model);
        var figures = new ArrayList<Figure>();
        double sound = 0;
        double time = 0;
        try (var writer =
                SpeechToText.open(
                        models.apply(files.encoder()),
                        models.apply(files.decoder()),
                        models.apply(files.tokenizer()),
                        Devices.CPU)) {
            for (String language : List.of("en", "es")) {
                if (!writer.speaks(language)) {
                    continue;
                }
                var errors = new WordErrorRate(0, 0);
                for (SpokenSentence sentence : sentences(language)) {
                    var heard = spoken(sentence);
                    long start = System.nanoTime();
                    var written = writer.transcribe(heard, language).text();
                    time += (System.nanoTime() - start) / 1e9;
                    sound += heard.seconds();
                    errors = errors.plus(compare(model, sentence, written));
                }
                figures.add(new Figure("wer_" + language + suffix, errors.rate(), ""));
            }
        }
        figures.add(new Figure("speech_rtf" + suffix, time / sound, ""));
        return figures;
    }

    private WordErrorRate compare(String model, SpokenSentence sentence, String written) {
        var errors = WordErrorRate.of(sentence.text(), written, sentence.language());
        if (errors.errors() > 0) {
            log.accept("%s: \"%s\" became \"%s\"".formatted(model, sentence.text(), written));
        }
        return errors;
    }

    private static List<SpokenSentence> sentences(String language) {
        return SpokenSentence.all().stream()
                .filter(sentence -> sentence.language().equals(language))
                .toList();
    }

    private Sound spoken(SpokenSentence sentence) {
        if (!spoken.containsKey(sentence)) {
            try (var voice = voice(sentence.language())) {
                sentences(sentence.language())
                        .forEach(other -> spoken.put(other, voice.speak(other.text())));
            }
        }
        return spoken.getOrDefault(sentence, new Sound(Sound.SPEECH_RATE, new float[0]));
    }

    private TextToSpeech voice(String language) {
        return TextToSpeech.kokoro(
                models.apply(TextToSpeech.MODEL),
                models.apply(TextToSpeech.TOKENIZER),
                models.apply(TextToSpeech.voice(language)),
                language,
                Devices.CPU);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
