package dev.outrider.ai.sense;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.intel.openvino.InferRequest;
import org.intel.openvino.OpenVinoException;
import org.intel.openvino.Tensor;

/**
 * An encoder and the two cases of a decoder, on one device.
 *
 * @param encoder hears
 * @param first writes the first token
 * @param next writes one token more, from what it remembers
 * @param past names of what {@code next} remembers
 * @param nextListens whether it is told again what was heard
 */
record SpeechNetworks(
        Network encoder, Network first, Network next, List<String> past, boolean nextListens)
        implements AutoCloseable {
    private static final String PAST = "past_key_values.";
    private static final String PRESENT = "present.";
    private static final String HIDDEN = "encoder_hidden_states";
    private static final String HEARD = "last_hidden_state";
    private static final String SCORES = "logits";
    private static final String IDS = "input_ids";
    private static final int MOST_TOKENS = 224;
    private static final int TOKENS_A_SECOND = 8;

    /** The three models as files, made over for OpenVINO. */
    record Files(Path encoder, Path first, Path next) {
        static Files of(Path encoder, Path decoder) {
            return new Files(
                    Imported.of(
                            encoder,
                            ".plain.onnx",
                            bytes -> new OnnxFile(bytes).dequantized(HEARD::equals)),
                    Imported.of(decoder, ".first.onnx", bytes -> branch(bytes, "else_branch", "")),
                    Imported.of(
                            decoder,
                            ".next.onnx",
                            bytes -> branch(bytes, "then_branch", ".encoder.")));
        }

        private static byte[] branch(byte[] merged, String name, String but) {
            var plain =
                    new OnnxFile(merged)
                            .branch(
                                    name,
                                    output ->
                                            output.equals(SCORES)
                                                    || (output.startsWith(PRESENT)
                                                            && (but.isEmpty()
                                                                    || !output.contains(but))));
            return new OnnxFile(plain).dequantized(output -> true);
        }
    }

    static SpeechNetworks compile(Files files, String device) {
        var made = new ArrayList<Network>();
        try {
            for (Path file : List.of(files.encoder(), files.first(), files.next())) {
                made.add(Network.compile(file, device, Network.EXACT));
            }
        } catch (OpenVinoException e) {
            made.forEach(Network::close);
            throw e;
        }
        var inputs = made.get(2).inputs();
        return new SpeechNetworks(
                made.get(0),
                made.get(1),
                made.get(2),
                inputs.stream().filter(name -> name.startsWith(PAST)).toList(),
                inputs.contains(HIDDEN));
    }

    /** Name of what the encoder takes. */
    String hears() {
        return encoder.inputs().getFirst();
    }

    /** Hears a piece of sound, to write it down. */
    Window listen(SpeechForm form, float[] samples) {
        return new Window(form, samples);
    }

    /** A piece of sound that is written down. */
    final class Window implements AutoCloseable {
        private final SpeechForm form;
        private final int most;
        private final InferRequest hearing = encoder.request();
        private final InferRequest beginning = first.request();
        private final InferRequest[] going = {next.request(), next.request()};

        private Window(SpeechForm form, float[] samples) {
            this.form = form;
            // a small model that hears nothing it understands may repeat itself for ever
            most = Math.min(MOST_TOKENS, 16 + TOKENS_A_SECOND * samples.length / Sound.SPEECH_RATE);
            try {
                hearing.set_input_tensor(0, form.input(samples));
                Network.infer(hearing);
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        /** The language of those expected that it is most likely in. */
        String language() {
            begin(form.languagePrompt());
            return scores(
                    beginning,
                    scores -> {
                        var best = form.expected().getFirst();
                        for (String language : form.expected()) {
                            if (score(scores, language) > score(scores, best)) {
                                best = language;
                            }
                        }
                        return best;
                    });
        }

        private float score(MemorySegment scores, String language) {
            return scores.getAtIndex(JAVA_FLOAT, form.token(language));
        }

        private void begin(long[] prompt) {
            beginning.set_tensor(IDS, new Tensor(new int[] {1, prompt.length}, prompt));
            beginning.set_tensor(HIDDEN, hearing.get_tensor(HEARD));
            Network.infer(beginning);
        }

        /** What is written, in tokens. */
        long[] tokens(String language) {
            begin(form.prompt(language));
            for (InferRequest request : going) {
                if (nextListens) {
                    request.set_tensor(HIDDEN, hearing.get_tensor(HEARD));
                }
                past.stream()
                        .filter(name -> name.contains(".encoder."))
                        .forEach(name -> pass(beginning, request, name));
            }
            var tokens = new long[most];
            var last = beginning;
            for (int n = 0; n < most; n++) {
                tokens[n] = scores(last, this::likeliest);
                if (tokens[n] == form.end()) {
                    return Arrays.copyOf(tokens, n);
                }
                last = write(tokens[n], last, going[n % 2]);
            }
            return tokens;
        }

        private InferRequest write(long token, InferRequest last, InferRequest request) {
            request.set_tensor(IDS, new Tensor(new int[] {1, 1}, new long[] {token}));
            for (String name : past) {
                if (name.contains(".decoder.")) {
                    pass(last, request, name);
                }
            }
            Network.infer(request);
            return request;
        }

        /** What one request computed becomes what the other one remembers, without copying. */
        private void pass(InferRequest from, InferRequest to, String name) {
            to.set_tensor(name, from.get_tensor(name.replace(PAST, PRESENT)));
        }

        private <T> T scores(InferRequest request, Function<MemorySegment, T> reader) {
            try (var logits = request.get_tensor(SCORES)) {
                var shape = logits.get_shape();
                long row = 4L * shape[2];
                return logits.read(all -> reader.apply(all.asSlice((shape[1] - 1) * row, row)));
            }
        }

        private Long likeliest(MemorySegment scores) {
            if (form.end() >= scores.byteSize() / 4) {
                throw new SenseException("the tokenizer and the model do not belong together");
            }
            long best = form.end();
            float top = scores.getAtIndex(JAVA_FLOAT, best);
            long words = Math.min(form.words(), scores.byteSize() / 4);
            for (long k = 0; k < words; k++) {
                float score = scores.getAtIndex(JAVA_FLOAT, k);
                if (score > top) {
                    top = score;
                    best = k;
                }
            }
            return best;
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
    }
}
