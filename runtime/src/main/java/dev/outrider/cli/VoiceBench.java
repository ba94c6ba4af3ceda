package dev.outrider.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.Robot;
import dev.outrider.RobotConfig;
import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.sense.Sound;
import dev.outrider.ai.sense.TextToSpeech;
import dev.outrider.codec.PlanJson;
import dev.outrider.mqtt.Controller;
import dev.outrider.mqtt.LinkConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code outrider bench voice}. */
@Command(
        name = "voice",
        mixinStandardHelpOptions = true,
        description = {
            "From the end of a spoken order to the first sound of the simulated robot's answer:",
            "half a second of silence, transcription, decision, speech. The order is spoken by",
            "Kokoro where it was pulled, by espeak-ng otherwise; the first turn warms up."
        },
        footer = {"", "Example: outrider bench voice --json"})
final class VoiceBench implements Callable<Integer> {

    private static final List<String> PARTS =
            List.of("total", "silence", "transcription", "decision", "speech");
    private static final int MINUTES = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--text", paramLabel = "ORDER", description = "What is said to the robot.")
    private String text = "Por favor, gira noventa grados a la izquierda.";

    @Option(names = "--language", paramLabel = "XX", description = "en or es (default: es).")
    private String language = "es";

    @Option(names = "--hearing", paramLabel = "SIZE", description = "tiny or base (default: base).")
    private String hearing = "base";

    @Option(names = "--turns", paramLabel = "N", description = "How often (default: 3).")
    private int turns = 3;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (turns < 1 || turns > 100) {
            throw new ParameterException(spec.commandLine(), "--turns is 1 to 100");
        }
        Sound order = order();
        Path folder = CacheFolder.standard().work();
        try {
            print(measured(folder, order));
        } finally {
            CacheFolder.delete(folder);
        }
        return 0;
    }

    private List<JsonNode> measured(Path folder, Sound order)
            throws IOException, InterruptedException {
        Path microphone = Files.createDirectory(folder.resolve("microphone"));
        Path speaker = Files.createDirectory(folder.resolve("speaker"));
        BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
        List<JsonNode> all = new ArrayList<>();
        try (Robot robot =
                        Robot.start(
                                config(folder, microphone, speaker),
                                Outrider.version(),
                                new PullProgress(spec.commandLine().getErr()));
                Controller controller =
                        Controller.connect(
                                LinkConfig.of(
                                        robot.config().robot(),
                                        robot.embeddedBroker().orElseThrow()),
                                message -> note(parsed(message.json()), heard),
                                why -> {})) {
            controller.listen("tel/voice");
            for (int turn = 0; turn <= turns; turn++) {
                Path wav = Files.write(folder.resolve("order.wav"), order.toWav());
                Files.move(wav, microphone.resolve(turn + ".wav"), StandardCopyOption.ATOMIC_MOVE);
                @Nullable JsonNode sample = heard.poll(MINUTES, TimeUnit.MINUTES);
                if (sample == null) {
                    throw new CommandFailure(
                            "the robot did not answer \"%s\" within %d minutes; it may not have"
                                            .formatted(text, MINUTES)
                                    + " understood it");
                }
                all.add(sample);
            }
        }
        return all.subList(1, all.size());
    }

    /** The stream also shows what is said while it is. */
    private static void note(JsonNode sample, BlockingQueue<JsonNode> heard) {
        if (sample.has("milliseconds")) {
            heard.add(sample);
        }
    }

    private RobotConfig config(Path folder, Path microphone, Path speaker) {
        Map<String, String> settings =
                Map.of(
                        "outrider.data",
                        folder.resolve("data").toString(),
                        "outrider.mqtt.port",
                        "0",
                        "outrider.local.model",
                        "none",
                        "outrider.senses.microphone",
                        microphone.toString(),
                        "outrider.senses.speaker",
                        speaker.toString(),
                        "outrider.senses.hearing",
                        hearing,
                        "outrider.senses.listen",
                        "true");
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "bench", 500))
                .withSources(
                        new PropertiesConfigSource(
                                Map.of("user.home", System.getProperty("user.home")), "home", 400))
                .withMapping(RobotConfig.class)
                .build()
                .getConfigMapping(RobotConfig.class);
    }

    private Sound order() {
        ModelCatalogue catalogue = ModelCatalogue.standard();
        List<String> names =
                List.of(TextToSpeech.MODEL, TextToSpeech.TOKENIZER, TextToSpeech.voice(language));
        boolean kokoro =
                names.stream().allMatch(n -> catalogue.cached(catalogue.named(n)).isPresent());
        List<Path> files =
                kokoro
                        ? names.stream().map(n -> catalogue.present(catalogue.named(n))).toList()
                        : List.of();
        try (TextToSpeech voice =
                kokoro
                        ? TextToSpeech.kokoro(
                                files.get(0), files.get(1), files.get(2), language, Devices.CPU)
                        : TextToSpeech.plain(language)) {
            return voice.speak(text);
        }
    }

    private static JsonNode parsed(String sample) {
        try {
            return PlanJson.MAPPER.readTree(sample);
        } catch (JsonProcessingException e) {
            throw new CommandFailure("the robot's measurement is not JSON: " + sample);
        }
    }

    private void print(List<JsonNode> samples) {
        PrintWriter out = spec.commandLine().getOut();
        ObjectNode object = PlanJson.MAPPER.createObjectNode().put("name", "voice");
        object.putObject("machine")
                .put("architecture", System.getProperty("os.arch"))
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("java", System.getProperty("java.version"));
        ObjectNode figures = object.putObject("figures");
        for (String part : PARTS) {
            double median = median(samples, part);
            String name = part.equals("total") ? "voice_round_trip" : "voice_" + part;
            figures.putObject(name).put("value", median).put("unit", "ms");
            if (!json) {
                out.println(String.format(Locale.ROOT, "%-20s %6.0f ms", name, median));
            }
        }
        JsonNode last = samples.getLast();
        if (json) {
            object.put("heard", last.path("heard").asText())
                    .put("says", last.path("says").asText());
            out.println(object);
        } else {
            out.println(
                    "heard \"%s\", said \"%s\""
                            .formatted(last.path("heard").asText(), last.path("says").asText()));
        }
    }

    private static double median(List<JsonNode> samples, String part) {
        List<Double> sorted =
                samples.stream()
                        .map(s -> s.path("milliseconds").path(part).asDouble())
                        .sorted(Comparator.naturalOrder())
                        .toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
