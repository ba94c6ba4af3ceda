package dev.outrider.ai.sense;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.ai.openvino.Deployment;
import dev.outrider.ai.openvino.Devices;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.intel.openvino.ElementType;
import org.intel.openvino.InferRequest;
import org.intel.openvino.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Speaks a text piece by piece, so that the first can be heard while the next is made: the
 * beginning of a long first sentence, then sentence by sentence. By Kokoro, pronounced by
 * espeak-ng, or in espeak-ng's own voice where there is no model.
 */
public final class TextToSpeech implements AutoCloseable {
    /** Name of Kokoro in the catalogue. */
    public static final String MODEL = "kokoro-82m";

    /** Name of its alphabet in the catalogue. */
    public static final String TOKENIZER = "kokoro-tokenizer";

    private static final int RATE = 24_000;
    private static final int STYLE = 256;
    private static final int MOST_TOKENS = 500;
    private static final Pattern PART = Pattern.compile("([^.,;:!?¡¿…]*)([.,;:!?¡¿…]*)");

    private final Espeak espeak;
    private final String language;
    private final @Nullable Kokoro kokoro;

    private TextToSpeech(Espeak espeak, String language, @Nullable Kokoro kokoro) {
        this.espeak = espeak;
        this.language = language;
        this.kokoro = kokoro;
    }

    /** Name of the voice of a language in the catalogue. */
    public static String voice(String language) {
        return language.equals("es") ? "kokoro-voice-ef-dora" : "kokoro-voice-af-heart";
    }

    /**
     * Kokoro, in English ({@code en}) or Spanish ({@code es}); close it to free its memory.
     *
     * @throws SenseException if something is missing or cannot be used; the message says what
     */
    public static TextToSpeech kokoro(
            Path model, Path tokenizer, Path voice, String language, Devices devices) {
        var espeak = new Espeak(language);
        return new TextToSpeech(espeak, language, Kokoro.open(model, tokenizer, voice, devices));
    }

    /**
     * The plain voice that needs no model.
     *
     * @throws SenseException if espeak-ng is not installed or does not speak the language
     */
    public static TextToSpeech plain(String language) {
        return new TextToSpeech(new Espeak(language), language, null);
    }

    /**
     * Speaks a text. Interrupting the thread ends it in the middle of a piece.
     *
     * @param sink takes each piece's sound and says whether to go on
     * @throws SenseException.Cancelled if the thread is interrupted
     */
    public void speak(String text, Predicate<Sound> sink) {
        for (String piece : SpokenPieces.of(text)) {
            if (!sink.test(sound(piece))) {
                return;
            }
        }
    }

    /** The whole text as one sound. */
    public Sound speak(String text) {
        var parts = new ArrayList<Sound>();
        speak(text, parts::add);
        if (parts.isEmpty()) {
            return new Sound(RATE, new float[0]);
        }
        int length = parts.stream().mapToInt(part -> part.samples().length).sum();
        var all = new float[length];
        int at = 0;
        for (Sound part : parts) {
            System.arraycopy(part.samples(), 0, all, at, part.samples().length);
            at += part.samples().length;
        }
        return new Sound(parts.getFirst().rate(), all);
    }

    private Sound sound(String piece) {
        return kokoro == null ? espeak.speak(piece) : kokoro.speak(phonemes(piece));
    }

    /** Punctuation is lost on espeak-ng and heard by Kokoro. */
    private String phonemes(String sentence) {
        var all = new StringBuilder();
        var parts = PART.matcher(sentence);
        while (parts.find() && !parts.group().isEmpty()) {
            if (!parts.group(1).isBlank()) {
                all.append(all.isEmpty() ? "" : " ").append(espeak.phonemes(parts.group(1)));
            }
            all.append(parts.group(2));
        }
        var said = all.toString();
        return language.equals("en")
                ? said.replace("ʲ", "j").replace("r", "ɹ").replace("x", "k").replace("ɬ", "l")
                : said.replace("tʃ", "ʧ").replace("dʒ", "ʤ");
    }

    @Override
    public void close() {
        if (kokoro != null) {
            kokoro.network.close();
        }
    }

    /**
     * The model with one voice.
     *
     * @param alphabet the number of each phoneme
     * @param styles a row of 256 for each length of a sentence
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    private record Kokoro(
            Deployment<Network> network, String ids, Map<Integer, Long> alphabet, float[] styles) {
        static Kokoro open(Path model, Path tokenizer, Path voice, Devices devices) {
            var alphabet = alphabet(tokenizer);
            var styles = styles(voice);
            var network =
                    Network.deploy(
                            Imported.of(model, ".plain.onnx", OnnxFile::plain),
                            devices,
                            Network.EXACT);
            var inputs = network.use(Network::inputs);
            if (!inputs.containsAll(List.of("style", "speed")) || inputs.size() != 3) {
                network.close();
                throw new SenseException(
                        "%s is not Kokoro: its inputs are %s".formatted(model, inputs));
            }
            var ids =
                    inputs.stream()
                            .filter(name -> !name.equals("style") && !name.equals("speed"))
                            .findFirst()
                            .orElseThrow();
            return new Kokoro(network, ids, alphabet, styles);
        }

        private static Map<Integer, Long> alphabet(Path tokenizer) {
            try {
                JsonNode root = new ObjectMapper().readTree(tokenizer.toFile());
                JsonNode vocabulary =
                        root.has("model") ? root.at("/model/vocab") : root.path("vocab");
                var alphabet = new HashMap<Integer, Long>();
                for (var letter : vocabulary.properties()) {
                    letter.getKey()
                            .codePoints()
                            .limit(1)
                            .forEach(sign -> alphabet.put(sign, letter.getValue().asLong()));
                }
                if (alphabet.isEmpty()) {
                    throw new SenseException(tokenizer + " holds no alphabet");
                }
                return alphabet;
            } catch (IOException e) {
                throw new SenseException(
                        "%s cannot be read: %s".formatted(tokenizer, e.getMessage()), e);
            }
        }

        private static float[] styles(Path voice) {
            try {
                var bytes = Files.readAllBytes(voice);
                if (bytes.length == 0 || bytes.length % (4 * STYLE) != 0) {
                    throw new SenseException(
                            "%s is no voice: it has %d bytes".formatted(voice, bytes.length));
                }
                var styles = new float[bytes.length / 4];
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(styles);
                return styles;
            } catch (IOException e) {
                throw new SenseException("cannot read %s: %s".formatted(voice, e), e);
            }
        }

        Sound speak(String phonemes) {
            var tokens =
                    phonemes.codePoints()
                            .filter(alphabet::containsKey)
                            .mapToLong(letter -> alphabet.getOrDefault(letter, 0L))
                            .limit(Math.min(MOST_TOKENS, styles.length / STYLE - 1))
                            .toArray();
            return Network.with(network, request -> speak(request, tokens));
        }

        private Sound speak(InferRequest request, long[] tokens) {
            var ends = new long[tokens.length + 2];
            System.arraycopy(tokens, 0, ends, 1, tokens.length);
            var style = new Tensor(ElementType.f32, 1, STYLE);
            MemorySegment.copy(
                    styles, tokens.length * STYLE, style.segment(), JAVA_FLOAT, 0, STYLE);
            request.set_tensor(ids, new Tensor(new int[] {1, ends.length}, ends));
            request.set_tensor("style", style);
            request.set_tensor("speed", new Tensor(new int[] {1}, new float[] {1}));
            Network.infer(request);
            try (var output = request.get_output_tensor(0)) {
                return new Sound(RATE, output.data());
            }
        }
    }
}
