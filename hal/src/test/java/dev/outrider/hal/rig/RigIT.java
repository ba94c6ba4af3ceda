package dev.outrider.hal.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tests marked {@link InRig} in the {@link Rig}, and starves its watchdog at the end. */
@EnabledOnOs(OS.LINUX)
class RigIT {

    private static final Path RECIPE = Path.of("src/test/rig");

    @TempDir Path folder;

    @TestFactory
    Stream<DynamicTest> whatRanInTheRig() throws Exception {
        var rig = new Rig(RECIPE, folder);
        Optional<String> missing = rig.build();
        if (missing.isPresent()) {
            return Rig.skipped(missing.get());
        }
        rig.stageClasses();
        rig.stage(RECIPE.resolve("run-tests.sh"), "run-tests.sh");

        List<String> console = rig.boot("tests");

        return Stream.concat(
                Rig.results(console),
                Stream.of(
                        DynamicTest.dynamicTest(
                                "aStarvedHardwareWatchdogResetsTheMachine",
                                () -> assertReset(console))));
    }

    private static void assertReset(List<String> console) {
        assertThat(console).anyMatch(line -> line.startsWith(StarvedWatchdog.ARMED));
        assertThat(console).noneMatch(line -> line.startsWith("RIG end"));
    }
}
