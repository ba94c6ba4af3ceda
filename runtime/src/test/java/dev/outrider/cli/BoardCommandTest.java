package dev.outrider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.codec.PlanJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class BoardCommandTest {

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return Main.commandLine(new Outrider())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }

    @Test
    void aSimulatedBoardFitsEveryMachine() throws IOException {
        int exit = run("board", "check", "simulator", "--json");

        JsonNode report = PlanJson.MAPPER.readTree(out.toString());
        assertThat(exit).isZero();
        assertThat(report.path("fits").asBoolean()).isTrue();
        assertThat(report.path("parts")).isNotEmpty();
    }

    @Test
    void saysWhatThisMachineLacksForABoard() throws IOException {
        Path profile = folder.resolve("mine.yaml");
        Files.writeString(
                profile,
                """
                board: mine
                gpio-chip: no-machine-has-this
                pwm-parent: nor-this
                emergency-stop: 17
                limits: {speed: 0.5, acceleration: 0.5, turn-rate: 90, turn-acceleration: 180, radius: 0.18, clearance: 0.2}
                parts:
                  - {kind: rgb-lamp, name: lamp, safe: off, red: 24, green: 25, blue: 26}
                """);

        int exit = run("board", "check", profile.toString());

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString()).contains("no-machine-has-this").contains("does not fit");
    }

    @Test
    void namesTheLineThatIsWrong() throws IOException {
        Path profile = folder.resolve("mine.yaml");
        Files.writeString(profile, "board: mine\nparts: 7\n");

        int exit = run("board", "check", profile.toString());

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).startsWith("outrider: " + profile + ":");
        assertThat(err.toString().strip().lines()).hasSize(1);
    }

    @Test
    void namesTheBoardsThereAreWhenNoneFits() {
        int exit = run("board", "check", "toaster");

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("toaster").contains("rpi-5");
    }

    @Test
    void listsBoardsAndMachine() throws IOException {
        int exit = run("board", "list", "--json");

        JsonNode report = PlanJson.MAPPER.readTree(out.toString());
        assertThat(exit).isZero();
        assertThat(report.path("boards").toString()).contains("jetson-orin-nano");
        assertThat(report.path("gpio").isArray()).isTrue();
    }

    @Test
    void saysWhichChipCannotBeWatchedOrMeasured() {
        int watch = run("board", "watch", "--chip", "no-machine-has-this", "4");
        int bench = run("bench", "hal", "--chip", "no-machine-has-this", "--in", "4", "--out", "5");

        assertThat(watch).isEqualTo(1);
        assertThat(bench).isEqualTo(1);
        assertThat(err.toString().strip().lines())
                .filteredOn(line -> line.startsWith("outrider: "))
                .hasSize(2);
    }

    @Test
    void refusesToMeasureALineThroughItself() {
        int exit = run("bench", "hal", "--chip", "some", "--in", "4", "--out", "4");

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("two lines");
    }

    @Test
    void wantsAWordAfterBoard() {
        assertThat(run("board")).isEqualTo(2);
    }
}
