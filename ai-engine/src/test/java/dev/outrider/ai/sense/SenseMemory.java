package dev.outrider.ai.sense;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.openvino.OpenVino;
import dev.outrider.ai.sense.TextEmbedder.Kind;
import dev.outrider.ai.testing.IrModel;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TestPictures;
import dev.outrider.ai.testing.TestSounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.intel.openvino.ElementType;
import org.intel.openvino.InferRequest;
import org.intel.openvino.Tensor;

/**
 * How much memory a model of a sense takes while it is in use. Each is opened in a JVM of its own,
 * which has OpenVINO, the tokenizers' library and the catalogue loaded already, and used once on a
 * known input; what counts is the peak of the resident set (VmHWM) less what was resident before.
 * Some cannot be used by themselves: then a sense is measured as a whole, less its other models, so
 * that what a sense takes is the sum of its models.
 */
final class SenseMemory {
    private static final int TIMES = 3;

    /** A sense and those of its models that are measured by themselves. */
    private record Whole(String sense, List<String> others) {}

    private static final Map<String, Whole> WHOLES =
            Map.ofEntries(
                    Map.entry("pp-ocrv6-small-rec", whole("reader", TextReader.FINDER)),
                    Map.entry("whisper-tiny-decoder", writer("whisper-tiny")),
                    Map.entry("whisper-base-decoder", writer("whisper-base")),
                    Map.entry("whisper-small-decoder", writer("whisper-small")),
                    Map.entry("moonshine-tiny-decoder", writer("moonshine-tiny")),
                    Map.entry(Kind.MINILM.model(), whole("MINILM", Kind.MINILM.tokenizer())),
                    Map.entry(Kind.BGE.model(), whole("BGE", Kind.BGE.tokenizer())),
                    Map.entry(Kind.E5.model(), whole("E5", Kind.E5.tokenizer())),
                    Map.entry(
                            Kind.E5_SMALLER.model(),
                            whole("E5_SMALLER", Kind.E5_SMALLER.tokenizer())),
                    Map.entry(
                            TextToSpeech.MODEL,
                            whole("kokoro", TextToSpeech.TOKENIZER, TextToSpeech.voice("en"))));

    private SenseMemory() {}

    private static Whole whole(String sense, String... others) {
        return new Whole(sense, List.of(others));
    }

    private static Whole writer(String model) {
        var files = SpeechToText.Files.named(model);
        return whole(model, files.encoder(), files.tokenizer());
    }

    /** Bytes that a model of the catalogue takes. */
    static long of(String model) throws IOException, InterruptedException {
        var whole = WHOLES.get(model);
        if (whole == null) {
            return measured(model);
        }
        long bytes = measured(whole.sense());
        for (String other : whole.others()) {
            bytes -= measured(other);
        }
        return bytes;
    }

    /** The median of some JVMs, after one that compiles what was never compiled here. */
    private static long measured(String what) throws IOException, InterruptedException {
        child(what);
        var all = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            all[i] = child(what);
        }
        return Arrays.stream(all).sorted().skip(TIMES / 2).findFirst().orElseThrow();
    }

    private static long child(String what) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(
                                java,
                                "-XX:+UseSerialGC",
                                "-Xmx512m",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SenseMemory.class.getName(),
                                what)
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(what + ": " + said);
        }
        return Long.parseLong(said.substring(said.lastIndexOf(' ') + 1));
    }

    /** Takes the name of a model or of a sense, and prints the bytes it takes. */
    public static void main(String[] arguments) throws IOException {
        LibUtils.checkStatus();
        ready();
        speech();
        file(TextToSpeech.voice("en"));
        var what = arguments[0];
        System.gc();
        long before = status("VmRSS:");
        use(what);
        System.out.println(" " + (status("VmHWM:") - before));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** A model of two operations: what every model needs is there then. */
    private static void ready() {
        int side = IrModel.SIDE;
        try (var model = OpenVino.core().read_model(IrModel.xml(), IrModel.weights());
                var compiled = OpenVino.core().compile_model(model, "CPU", Map.of());
                var request = compiled.create_infer_request();
                var input = new Tensor(ElementType.f32, 1, 3, side, side)) {
            request.set_input_tensor(input);
            request.infer();
        }
    }

    private static long status(String field) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return 1024
                    * lines.filter(line -> line.startsWith(field))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                            .findFirst()
                            .orElseThrow();
        }
    }

    private static Path file(String name) {
        return Natives.assumeFile(name);
    }

    private static Sound speech() {
        return Sound.read(TestSounds.assumeSpeech());
    }

    private static void use(String what) throws IOException {
        switch (what) {
            case ObjectDetector.MODEL, ObjectDetector.SMALL_MODEL ->
                    ObjectDetector.open(file(what), Devices.CPU)
                            .detect(Picture.read(TestPictures.CAT.assume()), 0.5);
            case SpeechDetector.MODEL ->
                    SpeechDetector.open(file(what), Devices.CPU).find(speech());
            case TextReader.FINDER ->
                    infer(file(what), new Tensor(ElementType.f32, 1, 3, 960, 576));
            case "reader" ->
                    TextReader.open(file(TextReader.FINDER), file(TextReader.READER), Devices.CPU)
                            .read(Signs.page("line %d of a page", 24), 0.5);
            case TextToSpeech.TOKENIZER -> keep(new ObjectMapper().readTree(file(what).toFile()));
            case "kokoro" ->
                    TextToSpeech.kokoro(
                                    file(TextToSpeech.MODEL),
                                    file(TextToSpeech.TOKENIZER),
                                    file(TextToSpeech.voice("en")),
                                    "en",
                                    Devices.CPU)
                            .speak("The robot drives to the kitchen and looks for the red cup.");
            default -> useOther(what);
        }
    }

    private static void useOther(String what) throws IOException {
        if (SpeechToText.MODELS.contains(what)) {
            var files = SpeechToText.Files.named(what);
            SpeechToText.open(
                            file(files.encoder()),
                            file(files.decoder()),
                            file(files.tokenizer()),
                            Devices.CPU)
                    .transcribe(speech());
        } else if (what.endsWith("-encoder")) {
            var decoder = what.replace("-encoder", "-decoder");
            var encoder = SpeechNetworks.Files.of(file(what), file(decoder)).encoder();
            var samples = speech().at(Sound.SPEECH_RATE).samples();
            infer(
                    encoder,
                    what.startsWith("moonshine")
                            ? new MoonshineForm().input(samples)
                            : new Tensor(
                                    new int[] {1, LogMel.BANDS, LogMel.STEPS}, LogMel.of(samples)));
        } else if (what.endsWith("-tokenizer")) {
            keep(HuggingFaceTokenizer.newInstance(file(what)));
        } else if (what.startsWith("kokoro-voice-")) {
            keep(Files.readAllBytes(file(what)));
        } else {
            var kind = Kind.valueOf(what);
            TextEmbedder.open(kind, file(kind.model()), file(kind.tokenizer()), Devices.CPU)
                    .embed("The robot drives to the kitchen and looks for the red cup.");
        }
    }

    private static void infer(Path model, Tensor input) {
        var network = Network.compile(model, "CPU", Network.EXACT);
        InferRequest request = network.request();
        request.set_input_tensor(0, input);
        request.infer();
    }

    private static void keep(Object object) {
        KEPT.add(object);
    }

    private static final List<Object> KEPT = new ArrayList<>();
}
