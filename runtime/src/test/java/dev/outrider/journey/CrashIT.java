package dev.outrider.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the process is killed; a resend asks for the answer afterwards. */
class CrashIT {

    private static final String SLOW =
            "{\"id\":\"k-1\",\"text\":\"wait 1 second, then turn left 90 degrees\"}";

    @TempDir Path folder;

    @Test
    void reportsAsUncertainWhatMovedWhenItWasKilledAndDoesNotMoveAgain() throws Exception {
        Path data = folder.resolve("data");
        try (RobotProcess robot = RobotProcess.start(data);
                Ears ears = new Ears(robot.broker())) {
            ears.send(SLOW);
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            ears.heard.stream().anyMatch(m -> m.json().contains("\"progress\"")));
            robot.kill();
        }

        try (RobotProcess robot = RobotProcess.start(data);
                Ears ears = new Ears(robot.broker())) {
            ears.send(SLOW);

            JsonNode outcome = ears.outcome("k-1");
            assertThat(outcome.path("outcome").asText()).isEqualTo("uncertain");
            assertThat(outcome.at("/actions/1/outcome").asText()).isEqualTo("not_started");
            assertThat(ears.state().at("/pose/heading").asDouble()).isZero();
        }
    }

    @Test
    void carriesOutOnceWhatWasAcknowledgedAndNotBegun() throws Exception {
        Path data = folder.resolve("data");
        try (RobotProcess robot = RobotProcess.start(data);
                Ears ears = new Ears(robot.broker())) {
            ears.send("{\"id\":\"k-1\",\"text\":\"wait 60 seconds\"}");
            ears.send("{\"id\":\"k-2\",\"text\":\"turn left 90 degrees\"}");
            await().atMost(Duration.ofSeconds(20)).until(() -> ears.accepted("k-2"));
            robot.kill();
        }

        try (RobotProcess robot = RobotProcess.start(data);
                Ears ears = new Ears(robot.broker())) {
            ears.send("{\"id\":\"k-2\",\"text\":\"turn left 90 degrees\"}");
            ears.send("{\"id\":\"k-1\",\"text\":\"wait 60 seconds\"}");

            assertThat(ears.outcome("k-1").path("outcome").asText()).isEqualTo("uncertain");
            assertThat(ears.outcome("k-2").path("outcome").asText()).isEqualTo("done");
            await().untilAsserted(() ->
                    assertThat(ears.state().at("/pose/heading").asDouble()).isBetween(88.0, 92.0));
        }
    }

    @Test
    void keepsTheEmergencyStopEngagedAcrossAKill() throws Exception {
        Path data = folder.resolve("data");
        try (RobotProcess robot = RobotProcess.start(data)) {
            assertThat(robot.command("estop engage").exit()).isZero();
            robot.kill();
        }

        try (RobotProcess robot = RobotProcess.start(data)) {
            assertThat(robot.log()).contains("EMERGENCY STOP ENGAGED");
            assertThat(
                            robot.command("send", "--json", "turn left")
                                    .json()
                                    .at("/error/code")
                                    .asText())
                    .isEqualTo("estop_engaged");
        }
    }
}
