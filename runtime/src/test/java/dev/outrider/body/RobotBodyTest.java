package dev.outrider.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outrider.ai.catalogue.Progress;
import dev.outrider.ai.sense.ObjectDetector;
import dev.outrider.ai.sense.SpeechDetector;
import dev.outrider.ai.sense.SpeechToText;
import dev.outrider.ai.sense.TextReader;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TestPictures;
import dev.outrider.hal.map.Box;
import dev.outrider.hal.map.FloorPlanFile;
import dev.outrider.hal.part.Gripper;
import dev.outrider.hal.part.Lamp;
import dev.outrider.hal.part.LampColor;
import dev.outrider.hal.part.Point;
import dev.outrider.hal.sim.Chassis;
import dev.outrider.hal.sim.Simulation;
import dev.outrider.hal.sim.SteppedTime;
import dev.outrider.kernel.Body;
import dev.outrider.kernel.BodyContract;
import dev.outrider.kernel.Cancellation;
import dev.outrider.model.Action;
import dev.outrider.model.BodyState;
import dev.outrider.model.Capability;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Value;
import dev.outrider.reason.language.ClauseParser;
import dev.outrider.reason.language.Reading;
import dev.outrider.sense.SenseConfig;
import dev.outrider.sense.Senses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RobotBodyTest extends BodyContract {

    @TempDir Path folder;
    private Simulation simulation;
    private RobotBody body;

    @BeforeEach
    void open() {
        simulation =
                Simulation.open(
                        folder.resolve("estop"),
                        new SteppedTime(),
                        Chassis.SMALL,
                        FloorPlanFile.flat());
        body = new RobotBody(simulation.board(), Senses.none());
    }

    @AfterEach
    void close() {
        simulation.close();
    }

    @Override
    protected Body body() {
        return body;
    }

    @Test
    void drivesAndTurnsInTheUnitsTheWireUses() {
        perform(DRIVE);
        perform(TURN);

        BodyState.Pose pose = body.state().pose();
        assertThat(pose.x()).isCloseTo(1, within(0.01));
        assertThat(pose.heading()).isCloseTo(90, within(1.0));
    }

    @Test
    void goesToPlacesAndHome() {
        perform(new Action("goto", Map.of("place", new Value.Text("kitchen"))));
        assertThat(Math.hypot(body.state().pose().x(), body.state().pose().y())).isGreaterThan(1);

        perform(new Action("dock", Map.of()));

        assertThat(body.state().pose().x()).isCloseTo(0, within(0.05));
        assertThat(body.state().battery().external()).isTrue();
    }

    @Test
    void stopsForWhatIsInTheWayAndSaysSo() {
        simulation.robot().obstruct(new Box(new Point(0.9, -0.5), new Point(1.1, 0.5)));

        Body.Performed performed = body.perform(DRIVE, f -> {}, new Cancellation());

        assertThat(performed)
                .isInstanceOfSatisfying(
                        Body.Performed.Failed.class,
                        f -> {
                            assertThat(f.problem().code()).isEqualTo(ErrorCode.GATE_REFUSED);
                            assertThat(f.problem().rule()).isEqualTo("a free way");
                            assertThat(f.problem().message()).contains("stopped");
                        });
        assertThat(body.state().pose().x()).isLessThan(0.9);
    }

    @Test
    void worksHandLampAndVoice() {
        perform(new Action("grip", Map.of()));
        perform(new Action("lamp", Map.of("color", new Value.Text("red"))));
        perform(new Action("say", Map.of("text", new Value.Text("hola"))));

        assertThat(simulation.board().part(Gripper.class).closed()).isTrue();
        assertThat(simulation.board().part(Lamp.class).color()).isEqualTo(LampColor.RED);
        assertThat(simulation.speaker().said()).containsExactly("hola");
        perform(new Action("release", Map.of()));
        assertThat(simulation.board().part(Gripper.class).closed()).isFalse();
    }

    @Test
    void canDoWhatItAnnounces() {
        assertThat(body.capabilities())
                .extracting(Capability::verb)
                .containsExactly(
                        "drive", "turn", "goto", "dock", "wait", "grip", "release", "lamp", "say",
                        "stop");
        assertThat(body.places()).extracting(p -> p.name()).contains("dock", "kitchen");
    }

    @Test
    void canDoWhatItsSensesCan() {
        Natives.assumeOpenVino();
        try (Senses senses = withSenses()) {
            RobotBody sensing = new RobotBody(simulation.board(), senses);

            assertThat(sensing.capabilities())
                    .extracting(Capability::verb)
                    .endsWith("say", "stop", "look", "read", "listen");
            assertThat(sensing.capabilities())
                    .filteredOn(Capability::observes)
                    .allSatisfy(c -> assertThat(c.requires()).isEmpty())
                    .hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "What do you see?, look",
        "'hey robot, what do you see', look",
        "what can you see?, look",
        "look, look",
        "¿Qué ves?, look",
        "que ves, look",
        "mira, look",
        "read the sign, read",
        "could you please read the label?, read",
        "lee el cartel, read",
        "¿qué pone en el cartel?, read",
        "listen for 5 seconds, listen",
        "escucha cinco segundos, listen",
        "go to the kitchen and look, goto look",
        "gira a la izquierda y lee el letrero, turn read",
        "drive forward 2 meters, drive",
        "wait 3 seconds, wait",
        "what do you think?, ''",
        "who do you see?, ''"
    })
    void isAskedForWhatItSensesInEverydayWords(String words, String verbs) {
        Natives.assumeOpenVino();
        try (Senses senses = withSenses()) {
            RobotBody sensing = new RobotBody(simulation.board(), senses);

            Reading reading =
                    new ClauseParser(sensing.capabilities(), sensing.places()).read(words);

            assertThat(reading.plan().actions().stream().map(Action::verb).toList())
                    .as(reading.toString())
                    .isEqualTo(Stream.of(verbs.split(" ", -1)).filter(v -> !v.isEmpty()).toList());
        }
    }

    @Test
    void saysWhyNothingCanBeSeenAndGoesOn() {
        Natives.assumeOpenVino();
        try (Senses senses = withSenses()) {
            RobotBody sensing = new RobotBody(simulation.board(), senses);

            Body.Performed performed =
                    sensing.perform(new Action("look", Map.of()), f -> {}, new Cancellation());

            assertThat(performed)
                    .isInstanceOfSatisfying(
                            Body.Performed.Failed.class,
                            f -> assertThat(f.problem().message()).startsWith("look failed: "));
            assertThat(sensing.perform(DRIVE, f -> {}, new Cancellation()))
                    .isEqualTo(new Body.Performed.Completed());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"look", "read", "listen"})
    @Tag("real-model")
    void sensesNothingThatIsCancelled(String verb) throws IOException {
        Natives.assumeOpenVino();
        SpeechToText.Files whisper = SpeechToText.Files.of("base");
        Stream.of(
                        ObjectDetector.MODEL,
                        TextReader.FINDER,
                        TextReader.READER,
                        SpeechDetector.MODEL,
                        whisper.encoder(),
                        whisper.decoder(),
                        whisper.tokenizer())
                .forEach(Natives::assumeFile);
        Files.copy(TestPictures.COFFEE.assume(), folder.resolve("coffee.png"));
        Action action =
                new Action(
                        verb,
                        verb.equals("listen")
                                ? Map.of("seconds", new Value.Quantity(60))
                                : Map.of());
        Cancellation cancellation = new Cancellation();
        cancellation.request("enough");
        try (Senses senses = withSenses()) {
            RobotBody sensing = new RobotBody(simulation.board(), senses);

            assertThat(sensing.perform(action, f -> {}, cancellation))
                    .isInstanceOf(Body.Performed.Interrupted.class);
        }
    }

    private Senses withSenses() {
        String eyesAndEars = folder.toString();
        return Senses.open(
                new SenseConfig(eyesAndEars, eyesAndEars, "none", "base", false, false),
                Progress.silent(),
                text -> "en");
    }

    private void perform(Action action) {
        assertThat(body.perform(action, f -> {}, new Cancellation()))
                .isEqualTo(new Body.Performed.Completed());
    }
}
