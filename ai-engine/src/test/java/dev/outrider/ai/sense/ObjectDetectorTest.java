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
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both detectors on real photographs; skipped where they cannot be fetched. */
@Tag("real-model")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ObjectDetectorTest {
    private final Map<String, ObjectDetector> open = new HashMap<>();

    @BeforeAll
    void assume() {
        Natives.assumeOpenVino();
    }

    @AfterAll
    void close() {
        open.values().forEach(ObjectDetector::close);
    }

    private ObjectDetector detector(String model) {
        return open.computeIfAbsent(
                model, name -> ObjectDetector.open(Natives.assumeFile(name), Devices.ANY));
    }

    private Detection first(String model, TestPictures picture, String label) {
        return detector(model).detect(Picture.read(picture.assume()), 0.4).stream()
                .filter(seen -> seen.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + label + " in " + picture));
    }

    @ParameterizedTest
    @ValueSource(strings = {ObjectDetector.MODEL, ObjectDetector.SMALL_MODEL})
    void seesACup(String model) {
        assertThat(first(model, TestPictures.COFFEE, "cup").score()).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {ObjectDetector.MODEL, ObjectDetector.SMALL_MODEL})
    void seesACatWhereItIs(String model) {
        var cat = first(model, TestPictures.CAT, "cat");

        assertThat(cat.score()).isGreaterThan(0.5);
        assertThat(cat.box().right() - cat.box().left()).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {ObjectDetector.MODEL, ObjectDetector.SMALL_MODEL})
    void seesAPersonInTheMiddle(String model) {
        var person = first(model, TestPictures.PERSON, "person");

        assertThat(person.score()).isGreaterThan(0.5);
        assertThat(person.box().left()).isLessThan(0.4);
        assertThat(person.box().right()).isGreaterThan(0.6);
    }

    @ParameterizedTest
    @ValueSource(strings = {ObjectDetector.MODEL, ObjectDetector.SMALL_MODEL})
    void seesAMotorcycle(String model) {
        assertThat(first(model, TestPictures.MOTORCYCLE, "motorcycle").score()).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {ObjectDetector.MODEL, ObjectDetector.SMALL_MODEL})
    void tellsOfOneThingOnce(String model) {
        var seen = detector(model).detect(Picture.read(TestPictures.CAT.assume()), 0.4);

        assertThat(seen).extracting(Detection::label).containsOnlyOnce("cat");
    }

    @ParameterizedTest
    @ValueSource(strings = {ObjectDetector.MODEL, ObjectDetector.SMALL_MODEL})
    void seesNothingInAnEmptyPicture(String model) {
        assertThat(detector(model).detect(new Picture(64, 48, new byte[3 * 64 * 48]), 0.5))
                .isEmpty();
    }

    @Test
    void servesManyThreads() {
        var picture = Picture.read(TestPictures.CAT.assume());
        var detector = detector(ObjectDetector.MODEL);
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
        assertThat(detector(ObjectDetector.SMALL_MODEL).placement()).contains("CPU took it");
    }

    @Test
    void canBeCancelled() {
        var picture = Picture.read(TestPictures.CAT.assume());
        var detector = detector(ObjectDetector.MODEL);

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> detector.detect(picture, 0.5))
                .isInstanceOf(SenseException.Cancelled.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(detector.detect(picture, 0.5)).isNotEmpty();
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
