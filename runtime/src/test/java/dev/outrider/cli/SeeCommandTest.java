package dev.outrider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.sense.ObjectDetector;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TestPictures;
import dev.outrider.codec.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeeCommandTest {

    @TempDir Path folder;

    private static Typed see(Object... arguments) {
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return Typed.into(new SeeCommand(), texts);
    }

    @Test
    @Tag("real-model")
    void saysWhatItSeesAndDrawsIt() throws IOException {
        Natives.assumeOpenVino();
        Natives.assumeFile(ObjectDetector.MODEL);
        Path picture = TestPictures.CAT.assume();
        Path boxes = folder.resolve("boxes.png");

        Typed typed = see(picture, "--json", "--out", boxes);

        assertThat(typed.exit()).as(typed.err()).isZero();
        var json = PlanJson.MAPPER.readTree(typed.out());
        assertThat(json.at("/seen/0/label").asText()).isEqualTo("cat");
        assertThat(json.at("/seen/0/score").asDouble()).isGreaterThan(0.8);
        assertThat(ImageIO.read(boxes.toFile()).getWidth()).isEqualTo(json.at("/width").asInt());
        assertThat(see(picture).out()).startsWith("cat ");
    }

    @Test
    void saysWhatIsWrongInOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("a.png"), "no picture");

        assertThat(see(folder.resolve("none.png")).err())
                .contains("there is no picture")
                .hasLineCount(1);
        assertThat(see(text).exit()).isEqualTo(1);
        assertThat(see(text).err()).contains("is no PNG").hasLineCount(1);
        assertThat(see(text, "--least", "7").exit()).isEqualTo(2);
        assertThat(see(text, "--devices", "CPU,").exit()).isEqualTo(2);
    }
}
