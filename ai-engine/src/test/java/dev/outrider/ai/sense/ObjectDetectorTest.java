package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.sense.ObjectDetector.Detection;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.OnnxModel;
import dev.outrider.ai.testing.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** SSD MobileNet v2 on real photographs; skipped where they cannot be fetched. */
@Tag("real-model")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ObjectDetectorTest {
    private ObjectDetector detector;

    @BeforeAll
    void open() {
        Natives.assumeOpenVino();
        detector = ObjectDetector.open(Natives.assumeFile(ObjectDetector.MODEL), Devices.ANY);
    }

    @AfterAll
    void close() {
        if (detector != null) {
            detector.close();
        }
    }

    private Detection first(TestPictures picture, String label) {
        return detector.detect(Picture.read(picture.assume()), 0.5).stream()
                .filter(seen -> seen.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + label + " in " + picture));
    }

    @Test
    void seesACup() {
        assertThat(first(TestPictures.COFFEE, "cup").score()).isGreaterThan(0.8);
    }

    @Test
    void seesACatWhereItIs() {
        var cat = first(TestPictures.CAT, "cat");

        assertThat(cat.score()).isGreaterThan(0.8);
        assertThat(cat.box().right() - cat.box().left()).isGreaterThan(0.5);
    }

    @Test
    void seesAPersonInTheMiddle() {
        var person = first(TestPictures.PERSON, "person");

        assertThat(person.score()).isGreaterThan(0.8);
        assertThat(person.box().left()).isLessThan(0.4);
        assertThat(person.box().right()).isGreaterThan(0.6);
    }

    @Test
    void seesAMotorcycle() {
        assertThat(first(TestPictures.MOTORCYCLE, "motorcycle").score()).isGreaterThan(0.8);
    }

    @Test
    void seesNothingInAnEmptyPicture() {
        assertThat(detector.detect(new Picture(64, 48, new byte[3 * 64 * 48]), 0.5)).isEmpty();
    }

    @Test
    void servesManyThreads() {
        var picture = Picture.read(TestPictures.CAT.assume());
        var answers =
                IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(i -> detector.detect(picture, 0.5))
                        .distinct()
                        .toList();

        assertThat(answers).hasSize(1);
    }

    @Test
    void saysWhereItRuns() {
        assertThat(detector.placement()).contains("CPU took it");
    }

    @Test
    void refusesAModelThatIsNoDetector(@TempDir Path folder) throws IOException {
        var other = Files.write(folder.resolve("a.onnx"), OnnxModel.doubling());

        assertThatThrownBy(() -> ObjectDetector.open(other, Devices.CPU))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("lacks one of the outputs");
        assertThatThrownBy(() -> ObjectDetector.open(folder.resolve("none.pb"), Devices.CPU))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("there is no file");
    }
}
