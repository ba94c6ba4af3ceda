package dev.outrider.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        body = new RobotBody(simulation.board());
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

    private void perform(Action action) {
        assertThat(body.perform(action, f -> {}, new Cancellation()))
                .isEqualTo(new Body.Performed.Completed());
    }
}
