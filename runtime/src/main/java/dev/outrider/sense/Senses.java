package dev.outrider.sense;

import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.Progress;
import dev.outrider.ai.openvino.OpenVino;
import dev.outrider.ai.sense.SenseException;
import dev.outrider.ai.sense.TextToSpeech;
import dev.outrider.kernel.Intake;
import dev.outrider.kernel.Telemetry;
import dev.outrider.model.Capability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The senses this robot has, and why it lacks those that it has not. */
public final class Senses implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Senses.class.getName());
    private static final Path SOUND_DEVICES = Path.of("/dev/snd");

    private final @Nullable Eyes eyes;
    private final @Nullable Ears ears;
    private final @Nullable Mouth mouth;
    private final boolean listens;
    private final boolean partial;
    private final Map<String, String> states = new LinkedHashMap<>();

    /**
     * The senses of a configuration; what is not there is left out, and {@link #states} says why.
     *
     * @param progress told when a model has to be fetched
     * @param languageOf the language of a text to be said, two letters
     */
    public static Senses open(
            SenseConfig config, Progress progress, UnaryOperator<String> languageOf) {
        return new Senses(config, new Models(ModelCatalogue.standard(), progress), languageOf);
    }

    /** No senses at all. */
    public static Senses none() {
        return open(SenseConfig.WITHOUT, Progress.silent(), text -> "en");
    }

    private Senses(SenseConfig config, Models models, UnaryOperator<String> languageOf) {
        this.eyes =
                sense(
                        "camera",
                        config.camera(),
                        () -> new Eyes(camera(config.camera()), models),
                        Eyes::describe);
        this.ears =
                sense(
                        "microphone",
                        config.microphone(),
                        () -> new Ears(microphone(config.microphone()), models, config.hearing()),
                        Ears::describe);
        this.mouth =
                sense(
                        "speaker",
                        config.speaker(),
                        () -> new Mouth(speaker(config.speaker()), models, languageOf),
                        Mouth::describe);
        this.listens = config.listens() && ears != null;
        this.partial = config.partial();
        if (config.listens()) {
            states.put("listening", ears == null ? "out: no microphone" : "all the time");
        }
    }

    /**
     * The conversation with whoever speaks to the robot, if it listens all the time.
     *
     * @param capabilities of the robot
     * @param telemetry is told what was said, on the stream {@value Conversation#CLIENT}
     * @param timeAllowed for each command
     */
    public Optional<Conversation> conversation(
            Supplier<List<Capability>> capabilities, Telemetry telemetry, Duration timeAllowed) {
        return listens
                ? Optional.of(new Conversation(mouth, capabilities, telemetry, timeAllowed))
                : Optional.empty();
    }

    /** Listens from now on, and hands on what is said. */
    public AutoCloseable listen(Conversation conversation, Intake intake) {
        return new VoiceLoop(Objects.requireNonNull(ears), conversation, intake, partial);
    }

    public Optional<Eyes> eyes() {
        return Optional.ofNullable(eyes);
    }

    public Optional<Ears> ears() {
        return Optional.ofNullable(ears);
    }

    public Optional<Mouth> mouth() {
        return Optional.ofNullable(mouth);
    }

    /** Of camera, microphone and speaker: what it is, or {@code out: } and why there is none. */
    public Map<String, String> states() {
        return Collections.unmodifiableMap(states);
    }

    /** Fetches and opens the models in the background; what fails is tried again when needed. */
    public void prepare() {
        List<Runnable> steps = new ArrayList<>();
        eyes().ifPresent(e -> steps.add(e::prepare));
        ears().ifPresent(e -> steps.add(e::prepare));
        mouth().ifPresent(m -> steps.add(m::prepare));
        if (!steps.isEmpty()) {
            Thread.ofPlatform().daemon().name("senses").start(() -> steps.forEach(Senses::tried));
        }
    }

    private static void tried(Runnable step) {
        try {
            step.run();
        } catch (SenseException | IllegalStateException e) {
            LOG.log(System.Logger.Level.WARNING, "not ready yet: {0}", e.getMessage());
        }
    }

    private <T> @Nullable T sense(
            String name, String named, Supplier<T> opening, Function<T, String> describing) {
        if (named.equals(SenseConfig.NONE)) {
            states.put(name, "out: none is named (--" + name + ")");
            return null;
        }
        try {
            T sense = opening.get();
            states.put(name, describing.apply(sense));
            return sense;
        } catch (SenseException e) {
            states.put(name, "out: " + e.getMessage());
            return null;
        }
    }

    private static void needOpenVino() {
        OpenVino.unavailable()
                .ifPresent(reason -> {
                    throw new SenseException("its models cannot be run here: " + reason);
                });
    }

    private static Camera camera(String named) {
        needOpenVino();
        if (Files.isDirectory(Path.of(named))) {
            return new FolderCamera(Path.of(named));
        }
        return VideoCamera.find(named);
    }

    private static Microphone microphone(String named) {
        needOpenVino();
        if (Files.isDirectory(Path.of(named))) {
            return new FolderMicrophone(Path.of(named));
        }
        return new AlsaMicrophone(Alsa.device(named, SOUND_DEVICES, true));
    }

    private static Loudspeaker speaker(String named) {
        TextToSpeech.plain("en").close(); // says what is missing
        if (Files.isDirectory(Path.of(named))) {
            return new FolderLoudspeaker(Path.of(named));
        }
        return new AlsaLoudspeaker(Alsa.device(named, SOUND_DEVICES, false));
    }

    @Override
    public void close() {
        mouth().ifPresent(Mouth::close);
        ears().ifPresent(Ears::close);
        eyes().ifPresent(Eyes::close);
    }
}
