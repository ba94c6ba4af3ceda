package dev.outrider.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.ai.sense.ObjectDetector;
import dev.outrider.ai.sense.TextReader;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TestPictures;
import java.awt.Color;
import java.awt.Font;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journey of a robot that sees: a folder of pictures is its camera. */
@Tag("real-model")
class SensesIT {

    @TempDir Path folder;
    private Path pictures;

    @BeforeEach
    void needsTheModels() throws IOException {
        Natives.assumeOpenVino();
        Natives.assumeFile(ObjectDetector.MODEL);
        Natives.assumeFile(TextReader.FINDER);
        Natives.assumeFile(TextReader.READER);
        pictures = Files.createDirectory(folder.resolve("pictures"));
    }

    @Test
    void saysWhatItSeesAndReadsAndWhyItCannot() throws Exception {
        try (RobotProcess robot =
                        RobotProcess.start(
                                folder.resolve("data"), "--camera", pictures.toString());
                Ears ears = new Ears(robot.broker())) {
            assertThat(robot.log())
                    .contains("camera pictures in " + pictures)
                    .contains("look read");

            seesACup(ears);
            readsASign(ears);
            saysWhatIsWrongAndGoesOn(ears);
        }
    }

    private void seesACup(Ears ears) throws IOException {
        Files.copy(TestPictures.COFFEE.assume(), pictures.resolve("coffee.png"));

        JsonNode english = asked(ears, "s-1", "What do you see?");
        JsonNode spanish = asked(ears, "s-2", "¿Qué ves?");

        ears.send(
                "{\"id\":\"s-2b\",\"plan\":[{\"do\":\"look\"},"
                        + "{\"do\":\"turn\",\"angle\":30,\"if\":{\"found\":\"cup\"}},"
                        + "{\"do\":\"turn\",\"angle\":90,\"if\":{\"found\":\"person\"}}]}");
        JsonNode turned = ears.outcome("s-2b");

        assertThat(english.path("outcome").asText()).as(english.toString()).isEqualTo("done");
        assertThat(english.path("says").asText()).startsWith("I see a cup");
        assertThat(turned.at("/actions/1/outcome").asText())
                .as(turned.toString())
                .isEqualTo("done");
        assertThat(turned.at("/actions/2/outcome").asText()).isEqualTo("skipped");
        assertThat(spanish.path("says").asText()).startsWith("Veo una taza");
        JsonNode cup = english.at("/actions/0/found/0");
        assertThat(cup.path("label").asText()).isEqualTo("cup");
        assertThat(cup.path("sure").asDouble()).isGreaterThan(0.8);
        assertThat(cup.path("box")).hasSize(4);
        assertThat(cup.at("/box/0").asDouble()).isLessThan(cup.at("/box/2").asDouble());
    }

    private void readsASign(Ears ears) throws IOException {
        Files.delete(pictures.resolve("coffee.png"));
        ImageIO.write(sign("DOCK 7"), "png", pictures.resolve("sign.png").toFile());

        JsonNode english = asked(ears, "s-3", "read the sign");
        JsonNode spanish = asked(ears, "s-4", "lee el cartel");
        ears.send(
                "{\"id\":\"s-5\",\"plan\":[{\"do\":\"read\"},"
                        + "{\"do\":\"say\",\"text\":\"{found} Thanks.\"}]}");
        JsonNode said = ears.outcome("s-5");

        assertThat(english.at("/actions/0/text").asText())
                .as(english.toString())
                .isEqualTo("DOCK 7");
        assertThat(english.path("says").asText()).isEqualTo("It says: DOCK 7.");
        assertThat(spanish.path("says").asText()).isEqualTo("Pone: DOCK 7.");
        assertThat(said.at("/actions/1/text").asText()).isEqualTo("It says: DOCK 7. Thanks.");
    }

    private void saysWhatIsWrongAndGoesOn(Ears ears) throws IOException {
        Files.delete(pictures.resolve("sign.png"));
        JsonNode empty = asked(ears, "s-6", "what do you see?");
        Path damaged = Files.writeString(pictures.resolve("a.png"), "\u0089PNG, not really");
        JsonNode malformed = asked(ears, "s-7", "what do you see?");
        Files.delete(damaged);
        Files.delete(pictures);
        JsonNode unplugged = asked(ears, "s-8", "what do you see?");
        JsonNode turned = asked(ears, "s-9", "turn left");

        assertFailed(empty, "there is no picture");
        assertFailed(malformed, "a.png");
        assertFailed(unplugged, "is gone");
        assertThat(turned.path("outcome").asText()).isEqualTo("done");
    }

    private static JsonNode asked(Ears ears, String id, String words) {
        ears.send("{\"id\":\"%s\",\"text\":\"%s\"}".formatted(id, words));
        return ears.outcome(id);
    }

    private static void assertFailed(JsonNode outcome, String why) {
        assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("failed");
        assertThat(outcome.at("/error/message").asText()).contains("look failed").contains(why);
        assertThat(outcome.at("/actions/0/outcome").asText()).isEqualTo("failed");
    }

    private static BufferedImage sign(String text) {
        BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 640, 360);
        graphics.setColor(new Color(20, 60, 150));
        graphics.fillRect(100, 80, 440, 200);
        graphics.setColor(Color.WHITE);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 72));
        graphics.drawString(text, 170, 205);
        graphics.dispose();
        return image;
    }
}
