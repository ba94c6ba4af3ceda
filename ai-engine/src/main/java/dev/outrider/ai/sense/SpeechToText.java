package dev.outrider.ai.sense;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.ai.openvino.Deployment;
import dev.outrider.ai.openvino.Devices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes down what is said, by Whisper in the language it hears or is told, or by Moonshine in
 * English. What comes for another engine is made over once and kept beside the files: the merged
 * decoder taken apart, dynamic quantization taken out, outputs that nobody reads left out.
 */
public final class SpeechToText implements AutoCloseable {
    /** Names of the models it knows, as {@link Files#named} takes them. */
    public static final List<String> MODELS =
            List.of("whisper-tiny", "whisper-base", "whisper-small", "moonshine-tiny");

    private static final int LOUDNESS_STEP = Sound.SPEECH_RATE / 20;
    private static final int MOST_SAMPLES = 30 * Sound.SPEECH_RATE;
    private static final int SEARCHED_SAMPLES = 8 * Sound.SPEECH_RATE;

    private final Deployment<SpeechNetworks> networks;
    private final SpeechForm form;
    private final HuggingFaceTokenizer tokenizer;

    private SpeechToText(
            Deployment<SpeechNetworks> networks, SpeechForm form, HuggingFaceTokenizer tokenizer) {
        this.networks = networks;
        this.form = form;
        this.tokenizer = tokenizer;
    }

    /**
     * What was said.
     *
     * @param text as it is written
     * @param language two letters, as Whisper names it
     */
    public record Transcript(String text, String language) {}

    /** The catalogue's names of what a model needs. */
    public record Files(String encoder, String decoder, String tokenizer) {
        /** Of a size of Whisper: {@code tiny}, {@code base} or {@code small}. */
        public static Files of(String size) {
            return named("whisper-" + size);
        }

        /** Of a model by its name, such as {@code moonshine-tiny}. */
        public static Files named(String model) {
            if (!MODELS.contains(model)) {
                throw new SenseException(
                        "no model that writes speech down is called %s; there are %s"
                                .formatted(model, String.join(", ", MODELS)));
            }
            return new Files(
                    model + "-encoder",
                    model + "-decoder",
                    model.startsWith("whisper") ? "whisper-tokenizer" : model + "-tokenizer");
        }
    }

    /**
     * Loads the model; close it to free its memory.
     *
     * @param decoder a merged decoder
     * @throws SenseException if something cannot be used; the message says what and why
     */
    public static SpeechToText open(Path encoder, Path decoder, Path tokenizer, Devices devices) {
        var words = tokenizer(tokenizer);
        try {
            var specials = specials(tokenizer);
            var files = SpeechNetworks.Files.of(encoder, decoder);
            var networks =
                    Network.deploy(
                            Network.name(encoder),
                            devices,
                            device -> SpeechNetworks.compile(files, device));
            try {
                var form = form(networks.use(SpeechNetworks::hears), specials, encoder);
                return new SpeechToText(networks, form, words);
            } catch (SenseException e) {
                networks.close();
                throw e;
            }
        } catch (SenseException e) {
            words.close();
            throw e;
        }
    }

    private static SpeechForm form(String input, Map<String, Integer> specials, Path encoder) {
        return switch (input) {
            case "input_features" -> new WhisperForm(specials);
            case "input_values" -> new MoonshineForm();
            default ->
                    throw new SenseException(
                            "%s is neither Whisper nor Moonshine: its input is %s"
                                    .formatted(encoder, input));
        };
    }

    private static HuggingFaceTokenizer tokenizer(Path file) {
        try {
            return HuggingFaceTokenizer.newInstance(file);
        } catch (IOException | RuntimeException e) {
            // the tokenizer's native code reports damaged files by RuntimeException
            throw new SenseException(
                    "the tokenizer %s cannot be used: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static Map<String, Integer> specials(Path file) {
        try {
            var specials = new HashMap<String, Integer>();
            for (JsonNode token : new ObjectMapper().readTree(file.toFile()).path("added_tokens")) {
                specials.put(token.path("content").asText(), token.path("id").asInt());
            }
            return specials;
        } catch (IOException e) {
            throw new SenseException(
                    "the tokenizer %s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Whether it knows a language, by its two letters. */
    public boolean speaks(String language) {
        return form.speaks(language);
    }

    /** Writes down a sound of any length, in English or Spanish, whichever it is heard to be in. */
    public Transcript transcribe(Sound sound) {
        return transcribe(sound, Optional.empty());
    }

    /** Writes down a sound of any length, in a language by its two letters. */
    public Transcript transcribe(Sound sound, String language) {
        if (!form.speaks(language)) {
            throw new SenseException("%s knows no language %s".formatted(form.name(), language));
        }
        return transcribe(sound, Optional.of(language));
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private Transcript transcribe(Sound sound, Optional<String> told) {
        var samples = sound.at(Sound.SPEECH_RATE);
        var texts = new ArrayList<String>();
        var language = told.orElse(form.expected().size() == 1 ? form.expected().getFirst() : "");
        int at = 0;
        do {
            int to = end(samples.samples(), at);
            var written = window(samples.part(at, to).samples(), language);
            language = written.language();
            texts.add(written.text().strip());
            at = to;
        } while (at < samples.samples().length);
        return new Transcript(String.join(" ", texts).strip(), language);
    }

    /** Where a piece ends: behind thirty seconds, in the quietest twentieth before that. */
    private static int end(float[] samples, int from) {
        int most = from + MOST_SAMPLES;
        if (most >= samples.length) {
            return samples.length;
        }
        int quietest = most;
        double least = Double.MAX_VALUE;
        for (int at = most - SEARCHED_SAMPLES; at < most; at += LOUDNESS_STEP) {
            double energy = 0;
            for (int i = at; i < at + LOUDNESS_STEP; i++) {
                energy += (double) samples[i] * samples[i];
            }
            if (energy <= least) {
                least = energy;
                quietest = at + LOUDNESS_STEP / 2;
            }
        }
        return quietest;
    }

    private Transcript window(float[] samples, String told) {
        return Network.use(
                networks,
                all -> {
                    try (var window = all.listen(form, samples)) {
                        var language = told.isEmpty() ? window.language() : told;
                        var tokens = window.tokens(language);
                        var text = tokens.length == 0 ? "" : tokenizer.decode(tokens, true);
                        return new Transcript(text, language);
                    }
                });
    }

    @Override
    public void close() {
        networks.close();
        tokenizer.close();
    }
}
