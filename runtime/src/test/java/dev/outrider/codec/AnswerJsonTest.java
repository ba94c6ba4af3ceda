package dev.outrider.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.kernel.Commands;
import dev.outrider.model.Action;
import dev.outrider.model.ActionResult;
import dev.outrider.model.Answer;
import dev.outrider.model.BodyState;
import dev.outrider.model.Capability;
import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.Degradation;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Finding;
import dev.outrider.model.Observation;
import dev.outrider.model.Outcome;
import dev.outrider.model.Parameter;
import dev.outrider.model.Place;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Readiness;
import dev.outrider.model.Requirement;
import dev.outrider.model.Rung;
import dev.outrider.model.Unit;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The examples of the wire, to the letter. */
class AnswerJsonTest {

    private static final CommandId ID = new CommandId("c-17");

    @Test
    void writesAcceptedAndProgress() {
        assertThat(AnswerJson.accepted(ID)).hasToString("{\"id\":\"c-17\",\"type\":\"accepted\"}");
        assertThat(AnswerJson.progress(ID, 0, 2, "drive", 0.4))
                .hasToString(
                        "{\"id\":\"c-17\",\"type\":\"progress\",\"action\":0,\"of\":2,"
                                + "\"do\":\"drive\",\"fraction\":0.4}");
    }

    @Test
    void writesAnOutcomeWithWhoDecided() {
        Command command = Commands.words("c-17", "alice", "drive 2 m");

        assertThat(AnswerJson.outcome(Commands.done(command)))
                .hasToString(
                        "{\"id\":\"c-17\",\"type\":\"outcome\",\"outcome\":\"done\","
                                + "\"plan\":[{\"do\":\"drive\",\"distance\":2}],"
                                + "\"actions\":[{\"do\":\"drive\",\"distance\":2,\"outcome\":\"done\"}],"
                                + "\"decidedBy\":{\"rung\":\"local\",\"model\":\"scout\","
                                + "\"reason\":\"cloud is not configured\",\"degraded\":[\"no_cloud\"],"
                                + "\"cloudLastReached\":\"2026-01-02T03:04:05Z\"}}");
    }

    @Test
    void writesAProblemAndWhatBecameOfEachAction() {
        Action drive = Commands.DRIVE;
        Outcome failed = new Outcome.Failed(new Problem(ErrorCode.GATE_REFUSED, "r", "m"));
        List<ActionResult> results =
                List.of(new ActionResult(drive, ActionResult.Kind.NOT_STARTED, "why"));

        assertThat(AnswerJson.outcome(new Answer(ID, failed, Plan.of(drive), results, null)))
                .hasToString(
                        "{\"id\":\"c-17\",\"type\":\"outcome\",\"outcome\":\"failed\","
                                + "\"plan\":[{\"do\":\"drive\",\"distance\":2}],\"actions\":"
                                + "[{\"do\":\"drive\",\"distance\":2,\"outcome\":\"not_started\","
                                + "\"detail\":\"why\"}],\"error\":{\"code\":\"gate_refused\","
                                + "\"rule\":\"r\",\"message\":\"m\"}}");
    }

    @Test
    void writesWhatWasFoundAndWhatItSays() {
        Action look = new Action("look", Map.of());
        Observation seen =
                new Observation.Seen(
                        List.of(new Finding("cup", 0.93, "middle", 0.25, 0.5, 0.75, 1)));
        List<ActionResult> results =
                List.of(new ActionResult(look, ActionResult.Kind.DONE, "", seen));

        assertThat(
                        AnswerJson.outcome(
                                new Answer(
                                        ID,
                                        new Outcome.Done(),
                                        Plan.of(look),
                                        results,
                                        "I see a cup.",
                                        null)))
                .hasToString(
                        "{\"id\":\"c-17\",\"type\":\"outcome\",\"outcome\":\"done\","
                                + "\"plan\":[{\"do\":\"look\"}],\"actions\":[{\"do\":\"look\","
                                + "\"outcome\":\"done\",\"found\":[{\"label\":\"cup\",\"sure\":0.93,"
                                + "\"place\":\"middle\",\"box\":[0.25,0.5,0.75,1.0]}]}],"
                                + "\"says\":\"I see a cup.\"}");
    }

    @Test
    void readsBackWhatWasFoundAndRefusesWhatNobodyWrote() throws Exception {
        Observation read =
                new Observation.Read(List.of(new Finding("DOCK 7", 0.98, "middle", 0, 0, 1, 1)));

        assertThat(ObservationJson.observation(ObservationJson.json(read))).isEqualTo(read);
        assertThatThrownBy(() ->
                        ObservationJson.observation(
                                PlanJson.MAPPER.readTree(
                                        "{\"found\":[{\"label\":\"x\",\"sure\":7,\"box\":[]}]}")))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("sure is within 0..1");
    }

    @Test
    void writesARefusalWithoutAnId() {
        assertThat(AnswerJson.refused(null, new Problem(ErrorCode.NOT_JSON, "m")))
                .hasToString(
                        "{\"type\":\"outcome\",\"outcome\":\"refused\","
                                + "\"error\":{\"code\":\"not_json\",\"message\":\"m\"}}");
    }

    @Test
    void readsADecisionBack() throws IOException {
        String json = DecisionJson.json(Commands.DECISION).toString();

        assertThat(DecisionJson.decision(PlanJson.MAPPER.readTree(json)))
                .isEqualTo(Commands.DECISION);
    }

    @Test
    void writesTheState() {
        BodyState body =
                new BodyState(
                        new BodyState.Pose(2, 0, 90),
                        new BodyState.Battery(OptionalDouble.empty(), true),
                        false);
        Map<Rung, Readiness> rungs =
                Map.of(
                        Rung.CLOUD, new Readiness.Out("not configured"),
                        Rung.REFLEX, new Readiness.Ready());

        assertThat(RobotJson.state(body, null, rungs, List.of(Degradation.NO_CLOUD)))
                .hasToString(
                        "{\"pose\":{\"x\":2.0,\"y\":0.0,\"heading\":90.0},"
                                + "\"battery\":{\"charge\":null,\"external\":true},\"estop\":false,"
                                + "\"busy\":null,\"rungs\":{\"cloud\":\"out: not configured\","
                                + "\"reflex\":\"ready\"},\"degraded\":[\"no_cloud\"]}");
    }

    @Test
    void writesWhatTheRobotCanDo() {
        Capability drive =
                new Capability(
                        "drive",
                        "Drives.",
                        Map.of("distance", new Parameter.Range(Unit.METER, -10, 10.5)),
                        Set.of(Requirement.ESTOP_RELEASED));

        assertThat(
                        RobotJson.meta(
                                "rover-1",
                                "1",
                                List.of(drive),
                                List.of(new Place("dock", List.of("base")))))
                .hasToString(
                        "{\"robot\":\"rover-1\",\"version\":\"1\",\"capabilities\":[{\"do\":\"drive\","
                                + "\"describe\":\"Drives.\",\"parameters\":{\"distance\":{\"type\":"
                                + "\"number\",\"unit\":\"m\",\"min\":-10,\"max\":10.5}},"
                                + "\"requires\":[\"estop_released\"]}],"
                                + "\"places\":[{\"name\":\"dock\",\"aliases\":[\"base\"]}]}");
    }
}
