package dev.outrider.ai.sense;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.ai.openvino.Devices;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.intel.openvino.InferRequest;
import org.intel.openvino.Output;
import org.intel.openvino.Tensor;

/**
 * Writes down what is said, by Whisper, in the language it hears or is told. The decoder comes as
 * one file with two cases in an If, which OpenVINO does not compile; it is taken apart once.
 */
public final class SpeechToText implements AutoCloseable {
    private static final String PAST = "past_key_values.";
    private static final String PRESENT = "present.";
    private static final String HIDDEN = "encoder_hidden_states";
    private static final String IDS = "input_ids";
    private static final int MOST_TOKENS = 224;
    private static final List<String> EXPECTED = List.of("en", "es");

    private final Network encoder;
    private final Network first;
    private final Network next;
    private final HuggingFaceTokenizer tokenizer;
    private final Map<String, Integer> specials;
    private final List<String> past;
    private final boolean nextListens;

    private SpeechToText(
            Network encoder,
            Network first,
            Network next,
            HuggingFaceTokenizer tokenizer,
            Map<String, Integer> specials) {
        this.encoder = encoder;
        this.first = first;
        this.next = next;
        this.tokenizer = tokenizer;
        this.specials = specials;
        var inputs = next.model().inputs().stream().map(Output::get_any_name).toList();
        past = inputs.stream().filter(name -> name.startsWith(PAST)).toList();
        nextListens = inputs.contains(HIDDEN);
    }

    /**
     * What was said.
     *
     * @param text as it is written
     * @param language two letters, as Whisper names it
     */
    public record Transcript(String text, String language) {}

    /** The catalogue's names of what a size of Whisper needs. */
    public record Files(String encoder, String decoder, String tokenizer) {
        /** Of a size: {@code tiny} or {@code base}. */
        public static Files of(String size) {
            return new Files(
                    "whisper-%s-encoder".formatted(size),
                    "whisper-%s-decoder".formatted(size),
                    "whisper-tokenizer");
        }
    }

    /**
     * Loads the model; close it to free its memory.
     *
     * @param decoder a merged decoder; its two cases are written beside it
     * @throws SenseException if something cannot be used; the message says what and why
     */
    public static SpeechToText open(Path encoder, Path decoder, Path tokenizer, Devices devices) {
        var opened = new ArrayList<AutoCloseable>();
        try {
            var specials = specials(tokenizer);
            var words = tokenizer(tokenizer);
            opened.add(words);
            var begin =
                    Imported.of(
                            decoder,
                            ".first.onnx",
                            bytes -> new OnnxFile(bytes).branch("else_branch", name -> true));
            var go =
                    Imported.of(
                            decoder,
                            ".next.onnx",
                            bytes ->
                                    new OnnxFile(bytes)
                                            .branch(
                                                    "then_branch",
                                                    name -> !name.contains(".encoder.")));
            var hearing = Network.open(encoder, devices, Network.EXACT);
            opened.add(hearing);
            var beginning = Network.open(begin, devices, Network.EXACT);
            opened.add(beginning);
            var going = Network.open(go, devices, Network.EXACT);
            return new SpeechToText(hearing, beginning, going, words, specials);
        } catch (SenseException e) {
            for (AutoCloseable part : opened) {
                close(part, e);
            }
            throw e;
        }
    }

    private static void close(AutoCloseable part, SenseException reason) {
        try {
            part.close();
        } catch (Exception e) {
            reason.addSuppressed(e);
        }
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
            for (String needed : List.of("<|startoftranscript|>", "<|endoftext|>")) {
                if (!specials.containsKey(needed)) {
                    throw new SenseException(
                            "%s is no tokenizer of Whisper: it has no %s".formatted(file, needed));
                }
            }
            return specials;
        } catch (IOException e) {
            throw new SenseException(
                    "the tokenizer %s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * Writes down a sound of any length, in English or Spanish, whichever it is heard to be in. A
     * small Whisper that may choose among a hundred languages takes a short order for Tamil.
     */
    public Transcript transcribe(Sound sound) {
        return transcribe(sound, Optional.empty());
    }

    /** Writes down a sound of any length, in a language by its two letters. */
    public Transcript transcribe(Sound sound, String language) {
        if (!specials.containsKey("<|%s|>".formatted(language))) {
            throw new SenseException("Whisper knows no language " + language);
        }
        return transcribe(sound, Optional.of(language));
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private Transcript transcribe(Sound sound, Optional<String> told) {
        var heard = sound.at(Sound.SPEECH_RATE);
        var text = new StringBuilder();
        var language = told.orElse("");
        int at = 0;
        do {
            int to = Math.min(heard.samples().length, at + LogMel.WINDOW_SAMPLES);
            try (var window = new Window(heard.part(at, to).samples())) {
                language = language.isEmpty() ? window.language() : language;
                text.append(window.text(language));
            }
            at = to;
        } while (at < heard.samples().length);
        return new Transcript(text.toString().strip(), language);
    }

    private int special(String name) {
        return specials.getOrDefault(name, 0);
    }

    /** Thirty seconds that are written down. */
    private final class Window implements AutoCloseable {
        private final InferRequest hearing = encoder.request();
        private final InferRequest beginning = first.request();
        private final InferRequest[] going = {next.request(), next.request()};
        private final Tensor hidden;

        Window(float[] samples) {
            var shape = new int[] {1, LogMel.BANDS, LogMel.STEPS};
            hearing.set_input_tensor(0, new Tensor(shape, LogMel.of(samples)));
            hearing.infer();
            hidden = hearing.get_output_tensor(0);
        }

        String language() {
            begin(new long[] {special("<|startoftranscript|>")});
            return scores(
                    beginning,
                    scores -> {
                        var best = EXPECTED.getFirst();
                        float top = Float.NEGATIVE_INFINITY;
                        for (String language : EXPECTED) {
                            float score =
                                    scores.getAtIndex(
                                            JAVA_FLOAT, special("<|%s|>".formatted(language)));
                            if (score > top) {
                                top = score;
                                best = language;
                            }
                        }
                        return best;
                    });
        }

        private void begin(long[] prompt) {
            beginning.set_tensor(IDS, new Tensor(new int[] {1, prompt.length}, prompt));
            beginning.set_tensor(HIDDEN, hidden);
            beginning.infer();
        }

        String text(String language) {
            begin(
                    new long[] {
                        special("<|startoftranscript|>"),
                        special("<|%s|>".formatted(language)),
                        special("<|transcribe|>"),
                        special("<|notimestamps|>")
                    });
            for (InferRequest request : going) {
                if (nextListens) {
                    request.set_tensor(HIDDEN, hidden);
                }
                past.stream()
                        .filter(name -> name.contains(".encoder."))
                        .forEach(name -> pass(beginning, request, name));
            }
            return decoded(tokens());
        }

        private List<Long> tokens() {
            var tokens = new ArrayList<Long>();
            int end = special("<|endoftext|>");
            var last = beginning;
            for (int n = 0; n < MOST_TOKENS; n++) {
                long token = scores(last, scores -> best(scores, end));
                if (token == end) {
                    break;
                }
                tokens.add(token);
                var request = going[n % 2];
                request.set_tensor(IDS, new Tensor(new int[] {1, 1}, new long[] {token}));
                for (String name : past) {
                    if (name.contains(".decoder.")) {
                        pass(last, request, name);
                    }
                }
                request.infer();
                last = request;
            }
            return tokens;
        }

        /** What one request computed becomes what the other one remembers, without copying. */
        private void pass(InferRequest from, InferRequest to, String name) {
            to.set_tensor(name, from.get_tensor(name.replace(PAST, PRESENT)));
        }

        private <T> T scores(InferRequest request, Function<MemorySegment, T> reader) {
            try (var logits = request.get_tensor("logits")) {
                var shape = logits.get_shape();
                long row = 4L * shape[2];
                return logits.read(all -> reader.apply(all.asSlice((shape[1] - 1) * row, row)));
            }
        }

        /** The likeliest word; what comes behind the end is marks of time and the like. */
        private static Long best(MemorySegment scores, int end) {
            long best = end;
            float top = scores.getAtIndex(JAVA_FLOAT, end);
            for (long k = 0; k < end; k++) {
                float score = scores.getAtIndex(JAVA_FLOAT, k);
                if (score > top) {
                    top = score;
                    best = k;
                }
            }
            return best;
        }

        private String decoded(List<Long> tokens) {
            return tokens.isEmpty()
                    ? ""
                    : tokenizer.decode(tokens.stream().mapToLong(Long::longValue).toArray(), true);
        }

        @Override
        public void close() {
            hearing.close();
            beginning.close();
            going[0].close();
            going[1].close();
        }
    }

    @Override
    public void close() {
        encoder.close();
        first.close();
        next.close();
        tokenizer.close();
    }
}
