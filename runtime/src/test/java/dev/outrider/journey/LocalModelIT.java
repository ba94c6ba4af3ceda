package dev.outrider.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import dev.outrider.journey.RobotProcess.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journey with a model on the robot. */
class LocalModelIT {

    private static final String SMOLLM2 = "smollm2-135m-instruct";

    @TempDir Path folder;

    @BeforeEach
    void needsTheLibrary() {
        Natives.assumeLlama();
    }

    @Test
    @Tag("real-model")
    void decidesUnderTheGrammarAndShowsWhatItUnderstood() throws Exception {
        Natives.assumeModel(SMOLLM2);
        try (RobotProcess robot = start("--model", SMOLLM2, "--context", "8192")) {
            assertThat(robot.log())
                    .contains("local     ready: " + SMOLLM2)
                    .contains("short_context");
            for (String text : List.of("go two meters", "turn around and wave", "where are you?")) {
                Ended sent = robot.command("send", "--dry-run", "--json", text);

                JsonNode outcome = sent.json();
                assertThat(outcome.at("/decidedBy/rung").asText())
                        .as(sent.out())
                        .isEqualTo("local");
                assertThat(outcome.at("/decidedBy/model").asText()).isEqualTo(SMOLLM2);
                assertThat(outcome.at("/decidedBy/degraded").toString()).contains("short_context");
                assertThat(outcome.path("outcome").asText()).isIn("planned", "refused");
            }
        }
    }

    @Test
    @Tag("real-model")
    void understandsItsOwnerStraightFromTheBox() throws Exception {
        Natives.assumeModel(SMOLLM2);
        try (RobotProcess robot = start("--model", "scout")) {
            assertThat(robot.log())
                    .contains("local     ready: scout, the small built-in model")
                    .contains("short_context");

            Ended sent =
                    robot.command("send", "--dry-run", "--json", "go to the kitchen, would you?");

            JsonNode outcome = sent.json();
            assertThat(outcome.path("outcome").asText()).as(sent.out()).isEqualTo("planned");
            assertThat(outcome.at("/plan/0/place").asText()).isEqualTo("kitchen");
            assertThat(outcome.at("/decidedBy/model").asText()).contains("scout");
            assertThat(outcome.at("/decidedBy/degraded").toString()).contains("short_context");
        }
    }

    @Test
    void refusesToStartWithLessContextThanPromised() throws Exception {
        Path tiny = TinyModel.standard().write(folder.resolve("tiny.gguf"));

        Ended ended =
                RobotProcess.outrider(
                        "run",
                        "--data",
                        folder.resolve("data").toString(),
                        "--port",
                        "0",
                        "--mqtt-port",
                        "0",
                        "--model",
                        tiny.toString());

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.err())
                .contains("trained for a context of 2048", "32768 are promised", "--context 2048");
    }

    @Test
    void goesOnWithoutAModelThatIsDamagedAndSaysWhy() throws Exception {
        Path damaged = Files.writeString(folder.resolve("damaged.gguf"), "GGUF but not really");

        try (RobotProcess robot = start("--model", damaged.toString())) {
            assertThat(robot.log()).contains("local     out: ").contains("not usable");
            assertThat(robot.command("send", "turn left").exit()).isZero();
        }
    }

    private RobotProcess start(String... options) throws Exception {
        return RobotProcess.start(folder.resolve("data"), options);
    }
}
