package dev.outrider.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.journey.RobotProcess.Ended;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A newcomer's way through the packaged program, on its embedded defaults. */
class JourneyIT {

    @TempDir static Path folder;
    private static RobotProcess robot;
    private static Ears ears;

    @BeforeAll
    static void start() throws IOException {
        robot = RobotProcess.start(folder.resolve("data"));
        ears = new Ears(robot.broker());
    }

    @AfterAll
    static void stop() {
        ears.close();
        robot.close();
    }

    @Test
    void saysWhatRunsWhereAndWhatIsDegraded() {
        assertThat(robot.log())
                .contains("embedded broker, this machine only")
                .contains("http://127.0.0.1:")
                .contains("out: cloud is not configured (--cloud-url)")
                .contains("out: no local model is configured (--model)")
                .contains("degraded  no_cloud, no_local");
    }

    @Test
    void drivesAndTurnsAndSaysWhoDecided() throws Exception {
        JsonNode before = ears.state().path("pose");

        Ended sent =
                robot.command("send", "--json", "drive forward 1 meter, then turn left 90 degrees");

        assertThat(sent.exit()).as(sent.err()).isZero();
        JsonNode outcome = sent.json();
        assertThat(outcome.path("outcome").asText()).isEqualTo("done");
        assertThat(outcome.at("/decidedBy/rung").asText()).isEqualTo("reflex");
        assertThat(outcome.at("/decidedBy/reason").asText()).contains("cloud is not configured");
        assertThat(outcome.at("/decidedBy/degraded").toString()).contains("no_cloud", "no_local");
        assertThat(outcome.at("/decidedBy/cloudLastReached").isNull()).isTrue();
        assertMoved(before, 1, 90);
    }

    @Test
    void understandsSpanish() throws Exception {
        JsonNode before = ears.state().path("pose");

        Ended sent = robot.command("send", "--json", "gira 90 grados a la izquierda");

        assertThat(sent.exit()).as(sent.err()).isZero();
        assertMoved(before, 0, 90);
    }

    @Test
    void plansWithoutMovingInADryRun() throws Exception {
        JsonNode before = ears.state().path("pose");

        Ended sent = robot.command("send", "--dry-run", "--json", "go to the kitchen");

        assertThat(sent.exit()).isZero();
        assertThat(sent.json().path("outcome").asText()).isEqualTo("planned");
        assertThat(sent.json().path("plan").toString())
                .isEqualTo("[{\"do\":\"goto\",\"place\":\"kitchen\"}]");
        assertMoved(before, 0, 0);
    }

    @Test
    void showsAPersonWhatWasUnderstoodAndWhyItWasRefused() throws Exception {
        Ended sent = robot.command("send", "drive forward 20 meters");

        assertThat(sent.exit()).isEqualTo(1);
        assertThat(sent.out())
                .contains("refused (parameter_out_of_range): drive.distance is 20 m")
                .contains("rule: drive.distance within -10..10 m")
                .contains("decided by reflex (clause-parser)");
    }

    @Test
    void refusesWrongUsageWithExitCodeTwo() throws Exception {
        assertThat(robot.command("send").exit()).isEqualTo(2);
        assertThat(robot.command("send", "--mode", "by_magic", "stop").exit()).isEqualTo(2);
        assertThat(robot.command("send", "--plan", "{", "--json").exit()).isEqualTo(2);
        assertThat(RobotProcess.outrider("fly").exit()).isEqualTo(2);
    }

    @Test
    void latchesTheEmergencyStopAndReleasesItOnlyHere() throws Exception {
        assertThat(robot.command("estop engage").exit()).isZero();

        Ended refused = robot.command("send", "--json", "turn left");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.json().at("/error/code").asText()).isEqualTo("estop_engaged");
        assertThat(post(robot.http() + "/estop/release")).isEqualTo(403);
        Ended elsewhere = RobotProcess.outrider("estop", "release", "--data", folder.toString());
        assertThat(elsewhere.exit()).isEqualTo(1);
        assertThat(elsewhere.err()).contains("no robot runs here");

        assertThat(robot.command("estop release").exit()).isZero();
        assertThat(robot.command("send", "turn left").exit()).isZero();
    }

    @Test
    void followsTheRobotInTheTerminal() throws Exception {
        Ended watched = robot.command("watch", "--for", "2");

        assertThat(watched.exit()).isZero();
        assertThat(watched.out()).contains("conn  ONLINE").contains("state  rev");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"id":"e-1","text":"drive"                                      | not_json
                    [1,2]                                                           | not_json
                    {"id":"e-3","plan":[{"do":"fly"}]}                              | unknown_verb
                    {"id":"e-4","plan":[{"do":"drive"}]}                            | parameter_missing
                    {"id":"e-5","plan":[{"do":"drive","distance":"far"}]}           | parameter_type
                    {"id":"e-6","plan":[{"do":"drive","distance":99}]}              | parameter_out_of_range
                    {"id":"e-7","plan":[{"do":"drive","distance":"2 furlongs"}]}    | unit_unknown
                    {"id":"e-8","text":"drive forward 2 furlongs"}                  | unit_unknown
                    {"id":"e-9","text":"turn left","deadlineMs":0}                  | expired
                    {"id":"e-10","text":"sing me a song"}                           | not_understood
                    {"id":"e-11","text":"a","plan":[]}                              | parameter_type
                    {"id":"e-12","plan":[]}                                         | parameter_type
                    """)
    void namesEveryErrorByItsCode(String payload, String code) {
        int before = ears.heard.size();

        ears.send(payload);

        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        ears.heard.stream()
                                .skip(before)
                                .anyMatch(m -> m.json().contains("\"code\":\"" + code + "\"")));
    }

    @Test
    void refusesWhatIsTooLargeOrHasNoIdOrAnUnknownKind() {
        ears.controller.send(
                "req/command",
                "{\"id\":\"e-20\",\"text\":\"" + "x".repeat(70_000) + "\"}",
                null,
                null);
        ears.controller.send("req/command", "{\"text\":\"turn left\"}", null, null);
        ears.controller.send("req/sing", "{\"id\":\"e-21\"}", null, null);

        for (String code : new String[] {"too_large", "id_missing", "unknown_kind"}) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            ears.heard.stream()
                                    .anyMatch(m -> m.json().contains("\"code\":\"" + code + "\"")));
        }
    }

    @Test
    void refusesASeenIdWithOtherContentAndRepeatsTheAnswerOtherwise() {
        ears.send("{\"id\":\"d-1\",\"text\":\"turn left 10 degrees\"}");
        String first = ears.outcome("d-1").toString();

        ears.send("{\"id\":\"d-1\",\"text\":\"turn left 10 degrees\"}");
        await().until(() -> ears.outcomes("d-1").size() == 2);
        ears.send("{\"id\":\"d-1\",\"text\":\"turn right 10 degrees\"}");
        await().until(() -> ears.outcomes("d-1").size() == 3);

        assertThat(ears.outcomes("d-1").get(1)).isEqualTo(first);
        assertThat(ears.outcomes("d-1").get(2)).contains("id_conflict");
    }

    @Test
    void answersAResendWhileItRunsWithTheSameAnswerAndMovesOnce() {
        JsonNode before = ears.state().path("pose");

        ears.send("{\"id\":\"d-2\",\"text\":\"turn left 30 degrees\"}");
        ears.send("{\"id\":\"d-2\",\"text\":\"turn left 30 degrees\"}");
        await().atMost(Duration.ofSeconds(30)).until(() -> ears.outcomes("d-2").size() == 2);

        assertThat(ears.outcomes("d-2").get(0)).isEqualTo(ears.outcomes("d-2").get(1));
        assertMoved(before, 0, 30);
    }

    @Test
    void staysStillAndHealthyUnderTenThousandBrokenCommands() throws Exception {
        JsonNode before = ears.state().path("pose");
        long received = ears.heard.size();
        Random random = new Random(42);

        for (int i = 0; i < 10_000; i++) {
            ears.controller.send("req/command", BrokenCommands.next(random, i), null, null);
        }
        ears.send("{\"id\":\"fuzz-end\",\"text\":\"say still here\"}");

        assertThat(ears.outcome("fuzz-end").path("outcome").asText()).isEqualTo("done");
        assertThat(ears.heard.size() - received).isGreaterThanOrEqualTo(10_000);
        assertThat(get(robot.http() + "/health")).isEqualTo(200);
        assertThat(robot.alive()).isTrue();
        assertMoved(before, 0, 0);
    }

    private static void assertMoved(JsonNode before, double meters, double degrees) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> {
                    JsonNode after = ears.state().path("pose");
                    double dx = after.path("x").asDouble() - before.path("x").asDouble();
                    double dy = after.path("y").asDouble() - before.path("y").asDouble();
                    double turned =
                            after.path("heading").asDouble() - before.path("heading").asDouble();
                    assertThat(Math.hypot(dx, dy)).isCloseTo(meters, within(0.03));
                    assertThat(Math.IEEEremainder(turned - degrees, 360)).isCloseTo(0, within(2.0));
                });
    }

    private static int get(String url) throws Exception {
        return status(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    private static int post(String url) throws Exception {
        return status(
                HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static int status(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }
}
