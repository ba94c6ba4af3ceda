package dev.outrider.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.hal.linux.SerialPort;
import dev.outrider.hal.rig.InRig;
import dev.outrider.hal.rig.SimulatedLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged robot on real kernel devices: simulated chips in the rig. */
@InRig
class BoardRigTest {

    private static final Path PROFILE = Path.of("/rig/rig.yaml");

    /** Short enough to measure by, long enough to leave the processor to what is measured. */
    private static final long LOOK_NANOS = 200_000;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final SimulatedLine EMERGENCY_STOP = new SimulatedLine(17);
    private static final SimulatedLine LEFT_FORWARD = new SimulatedLine(4);
    private static final SimulatedLine RED = new SimulatedLine(24);

    @TempDir Path folder;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    @Test
    void aSentenceChangesALineAndAKillStopsTheMotor() throws Exception {
        try (RobotProcess robot =
                        RobotProcess.start(folder.resolve("data"), "--board", PROFILE.toString());
                SerialPort sensor = SerialPort.open(Path.of("/dev/ttyGS0"), 9_600);
                Ears ears = new Ears(robot.broker())) {
            ScheduledFuture<?> sending =
                    timer.scheduleAtFixedRate(() -> freeWay(sensor), 0, 20, TimeUnit.MILLISECONDS);
            closesItsEmergencyCircuit(robot, ears);

            showsALamp(ears);
            stopsOnTheCutWireAndOnWord(robot, ears);
            goesSafeOnAKill(robot, ears);

            assertThat(sending.isDone()).isFalse();
        }
    }

    /** A TFmini's frame: 3 m, a strong echo. */
    private static void freeWay(SerialPort sensor) {
        byte[] frame = {0x59, 0x59, 0x2C, 0x01, (byte) 0x84, 0x03, 0, 0, 0};
        for (int index = 0; index < 8; index++) {
            frame[8] += frame[index];
        }
        sensor.write(frame, 0, frame.length);
    }

    /** The line is pulled up once the robot has taken it, as if the wire were cut. */
    private static void closesItsEmergencyCircuit(RobotProcess robot, Ears ears) throws Exception {
        assertThat(ears.state().path("estop").asBoolean()).isTrue();
        assertThat(release(robot).statusCode()).isEqualTo(409);

        EMERGENCY_STOP.pull(false);

        assertThat(release(robot).statusCode()).isEqualTo(200);
        awaitStop(ears, false);
    }

    private static HttpResponse<String> release(RobotProcess robot) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(robot.http() + "/estop/release"))
                        .header("Authorization", "Bearer " + robot.token())
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void awaitStop(Ears ears, boolean engaged) {
        await().atMost(PATIENCE)
                .until(() ->
                        ears.heard.stream()
                                .filter(message -> message.branch().equals("state"))
                                .reduce((before, after) -> after)
                                .map(message -> Ears.json(message.json()))
                                .filter(state -> state.path("estop").asBoolean() == engaged)
                                .isPresent());
    }

    private static void showsALamp(Ears ears) {
        boolean before = RED.value();

        ears.send("{\"id\":\"b-1\",\"text\":\"set the lamp to red\"}");
        JsonNode outcome = ears.outcome("b-1");

        assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("done");
        assertThat(before).isFalse();
        assertThat(RED.value()).isTrue();
    }

    private static void stopsOnTheCutWireAndOnWord(RobotProcess robot, Ears ears) throws Exception {
        EMERGENCY_STOP.pull(true);
        awaitStop(ears, true);
        ears.send("{\"id\":\"b-2\",\"text\":\"drive forward 1 meter\"}");
        JsonNode refused = ears.outcome("b-2");
        int whileOpen = release(robot).statusCode();
        EMERGENCY_STOP.pull(false);
        int whileClosed = release(robot).statusCode();
        awaitStop(ears, false);
        ears.controller.send("estop", "{\"by\":\"rig\"}", null, null);
        awaitStop(ears, true);
        int afterWord = release(robot).statusCode();
        awaitStop(ears, false);

        assertThat(refused.at("/error/code").asText()).isEqualTo("estop_engaged");
        assertThat(whileOpen).isEqualTo(409);
        assertThat(whileClosed).isEqualTo(200);
        assertThat(afterWord).isEqualTo(200);
    }

    private static void goesSafeOnAKill(RobotProcess robot, Ears ears) throws Exception {
        Path enable = leftMotor();
        ears.send("{\"id\":\"b-3\",\"text\":\"drive forward 1 meter\"}");
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> on(enable) && LEFT_FORWARD.value());

        long killed = System.nanoTime();
        ProcessHandle.of(robot.pid()).orElseThrow().destroyForcibly();
        while (on(enable) && System.nanoTime() - killed < PATIENCE.toNanos()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        double millis = (System.nanoTime() - killed) / 1e6;

        assertThat(on(enable)).isFalse();
        await().atMost(PATIENCE).until(() -> !LEFT_FORWARD.value());
        System.out.printf(
                Locale.ROOT, "RIG kill -9 of the robot to the motor off: %.1f ms%n", millis);
    }

    private static boolean on(Path enable) throws IOException {
        return Files.readString(enable).strip().equals("1");
    }

    private static Path leftMotor() throws IOException {
        try (var chips = Files.list(Path.of("/sys/class/pwm"))) {
            return chips.map(chip -> chip.resolve("pwm0/enable"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void theBoardFitsTheMachine() throws Exception {
        RobotProcess.Ended check =
                RobotProcess.outrider("board", "check", PROFILE.toString(), "--json");
        RobotProcess.Ended list = RobotProcess.outrider("board", "list", "--json");

        assertThat(check.exit()).as(check.err()).isZero();
        assertThat(check.json().path("fits").asBoolean()).isTrue();
        assertThat(list.json().at("/gpio/0/label").asText()).isEqualTo(SimulatedLine.CHIP);
        assertThat(list.json().at("/pwm/0/parent").asText()).isEqualTo("outrider-rig");
        assertThat(list.json().at("/can/0").asText()).isEqualTo("vcan0");
    }
}
