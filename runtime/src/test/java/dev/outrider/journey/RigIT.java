package dev.outrider.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.hal.rig.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged robot on a board, and the hardware bench, in hal's virtual machine. */
@EnabledOnOs(OS.LINUX)
class RigIT {

    private static final Path HAL = Path.of("../hal/src/test");

    @TempDir Path folder;

    @TestFactory
    Stream<DynamicTest> whatRanInTheRig() throws Exception {
        var rig = new Rig(HAL.resolve("rig"), folder);
        Optional<String> missing = rig.build();
        if (missing.isPresent()) {
            return Rig.skipped(missing.get());
        }
        rig.stageClasses();
        rig.stage(Path.of(System.getProperty("outrider.app")).resolveSibling(""), "app");
        rig.stage(HAL.resolve("resources/dev/outrider/hal/board/rig.yaml"), "rig.yaml");
        rig.stage(Path.of("src/test/rig/run-tests.sh"), "run-tests.sh");

        List<String> console = rig.boot("journey");

        return Stream.concat(
                Rig.results(console),
                Stream.of(
                        DynamicTest.dynamicTest(
                                "theBenchLosesNoEdgeAndAllocatesNothing",
                                () -> assertBench(console))));
    }

    private static void assertBench(List<String> console) throws IOException {
        String line =
                console.stream()
                        .filter(each -> each.startsWith("{\"name\":\"hal\""))
                        .findAny()
                        .orElseThrow(() -> new AssertionError(String.join("\n", console)));
        Files.writeString(Path.of("target/bench-hal.json"), line);
        JsonNode figures = Ears.json(line).path("figures");

        for (String lost : List.of("edges_lost", "burst_lost", "soak_lost", "toggle_allocates")) {
            assertThat(figures.path(lost).path("value").isNumber()).as(lost).isTrue();
            assertThat(figures.path(lost).path("value").asDouble()).as(lost).isZero();
        }
        assertThat(figures.path("edges_numbered").path("value").asInt()).isPositive();
        assertThat(figures.path("guardian").path("value").asDouble()).isPositive();
        assertThat(figures.path("toggles").path("ratio").asDouble()).isPositive();
    }
}
