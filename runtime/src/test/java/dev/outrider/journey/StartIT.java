package dev.outrider.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.journey.RobotProcess.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps the robot from starting is said in one line, with the way out. */
class StartIT {

    @TempDir Path folder;

    @Test
    void namesAnHttpPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertOneLine(
                    run("--port", Integer.toString(taken.getLocalPort())),
                    "HTTP port " + taken.getLocalPort(),
                    "--port");
        }
    }

    @Test
    void namesAnMqttPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertOneLine(
                    run("--port", "0", "--mqtt-port", Integer.toString(taken.getLocalPort())),
                    "port " + taken.getLocalPort() + " is in use",
                    "--mqtt-port");
        }
    }

    @Test
    void namesADataFolderThatCannotBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertOneLine(
                RobotProcess.outrider("run", "--port", "0", "--data", file.resolve("x").toString()),
                "cannot be written",
                "--data");
    }

    @Test
    void namesADataFolderInUse() throws Exception {
        try (RobotProcess robot = RobotProcess.start(folder.resolve("data"))) {
            assertOneLine(
                    run("--port", "0", "--mqtt-port", "0"), "another process uses the data folder");
            assertThat(robot.alive()).isTrue();
        }
    }

    @Test
    void namesWhatIsWrongInAConfiguration() throws Exception {
        assertOneLine(config("outrider.mqtt.prot=1"), "outrider.mqtt.prot");
        assertOneLine(config("outrider.local.context=much"), "outrider.local.context");
        assertOneLine(config("outrider.robot=a/b"), "robot's name");
        assertOneLine(config("outrider.cloud.url=nonsense"), "cloud address");
        assertOneLine(config("\\u00zz"), "cannot be read");
        assertOneLine(run("--config", folder.resolve("none").toString()), "cannot be read");
        assertOneLine(run("--port", "0", "--mqtt-url", "http://x"), "mqtt://");
        assertOneLine(
                run("--port", "0", "--mqtt-port", "0", "--model", "no-such-model"), "catalogue");
    }

    @Test
    void goesOnWithoutABrokerThatCannotBeReachedAndSaysSo() throws Exception {
        int nobody;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = probe.getLocalPort();
        }
        try (RobotProcess robot =
                RobotProcess.start(
                        folder.resolve("data"), "--mqtt-url", "mqtt://127.0.0.1:" + nobody)) {
            assertThat(robot.log())
                    .contains("not connected")
                    .contains("keeps trying")
                    .contains("--mqtt-url");
        }
    }

    @Test
    void endsCleanlyOnSigterm() throws Exception {
        RobotProcess robot = RobotProcess.start(folder.resolve("data"));

        int exit = robot.terminate();

        assertThat(exit).isIn(0, 143);
        assertThat(robot.log()).doesNotContain("Exception");
        assertThat(folder.resolve("data/endpoint.json")).doesNotExist();
    }

    @Test
    void tellsWhoSendsThatNobodyIsThere() throws Exception {
        Ended sent =
                RobotProcess.outrider(
                        "send",
                        "--data",
                        folder.toString(),
                        "--mqtt-url",
                        "mqtt://127.0.0.1:1",
                        "stop");

        assertThat(sent.exit()).isEqualTo(1);
        assertThat(sent.err().strip().lines()).hasSize(1);
        assertThat(sent.err()).contains("cannot be reached").contains("outrider run");
    }

    @Test
    void readsItsConfigurationFromAFileAndTheEnvironment() throws Exception {
        Path config = Files.writeString(folder.resolve("r.properties"), "outrider.robot=rover-9\n");
        try (RobotProcess robot =
                RobotProcess.start(folder.resolve("data"), "--config", config.toString())) {
            assertThat(robot.log()).contains("robot rover-9");
        }
    }

    private Ended run(String... options) throws IOException, InterruptedException {
        String[] all = new String[options.length + 3];
        all[0] = "run";
        all[1] = "--data";
        all[2] = folder.resolve("data").toString();
        System.arraycopy(options, 0, all, 3, options.length);
        return RobotProcess.outrider(Map.of("OUTRIDER_JAVA_OPTS", ""), all);
    }

    private Ended config(String line) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("c.properties"), line + "\n");
        return run("--port", "0", "--mqtt-port", "0", "--config", file.toString());
    }

    private static void assertOneLine(Ended ended, String... parts) {
        assertThat(ended.exit()).as(ended.err()).isEqualTo(1);
        assertThat(ended.err().strip().lines().filter(l -> l.startsWith("outrider:"))).hasSize(1);
        assertThat(ended.err()).contains(parts).doesNotContain("\tat ");
    }
}
