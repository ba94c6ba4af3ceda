package dev.outrider.hal.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Boots the virtual machine of src/test/rig, runs the tests marked {@link InRig} in it, and repeats
 * their results here. Skipped, saying why, where QEMU is missing or the rig is not built.
 */
@EnabledOnOs(OS.LINUX)
class RigIT {

    private static final Path RIG = Path.of("src/test/rig/rig.sh").toAbsolutePath();

    @TempDir Path folder;

    @TestFactory
    Stream<DynamicTest> whatRanInTheRig() throws Exception {
        Run ready = run("ready");
        if (ready.exit() != 0) {
            return Stream.of(skipped(String.join(" ", ready.output())));
        }
        stage();

        List<String> console = run("boot", folder.toString()).output();

        console.forEach(System.out::println);
        Stream<DynamicTest> results =
                console.stream()
                        .filter(line -> line.matches(RigTests.MARK + " (PASS|FAIL|SKIP) .*"))
                        .map(line -> result(line, console));
        return Stream.concat(
                results,
                Stream.of(
                        DynamicTest.dynamicTest(
                                "allTestsRanToTheEnd", () -> assertFinished(console)),
                        DynamicTest.dynamicTest(
                                "aStarvedHardwareWatchdogResetsTheMachine",
                                () -> assertReset(console))));
    }

    private static DynamicTest result(String line, List<String> console) {
        String[] words = line.split(" ", 3);
        return DynamicTest.dynamicTest(
                words[2],
                () -> {
                    assumeTrue(!words[1].equals("SKIP"), words[2]);
                    assertThat(words[1]).as(() -> failure(line, console)).isEqualTo("PASS");
                });
    }

    private static String failure(String line, List<String> console) {
        int start = console.indexOf(line);
        return String.join("\n", console.subList(start, Math.min(start + 30, console.size())));
    }

    private static void assertFinished(List<String> console) {
        Optional<String> done =
                console.stream().filter(line -> line.startsWith(RigTests.MARK + " done")).findAny();

        assertThat(done).as(() -> String.join("\n", console)).isPresent();
        assertThat(done.orElseThrow()).contains(" failed=0").doesNotContain("passed=0");
    }

    private static void assertReset(List<String> console) {
        assertThat(console).anyMatch(line -> line.startsWith(StarvedWatchdog.ARMED));
        assertThat(console).noneMatch(line -> line.startsWith("RIG end"));
    }

    private record Run(int exit, List<String> output) {}

    /** A test of its own: a factory that gives up would not be counted as skipped. */
    private static DynamicTest skipped(String reason) {
        return DynamicTest.dynamicTest("theRigIsReady", () -> Assumptions.abort(reason));
    }

    private static Run run(String... arguments) throws Exception {
        var builder = new ProcessBuilder("bash", RIG.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        List<String> output;
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            output = reader.lines().toList();
        }
        return new Run(process.waitFor(), output);
    }

    /** Puts this module's classes and the libraries they need where the machine sees them. */
    private void stage() throws IOException {
        Files.copy(RIG.resolveSibling("run-tests.sh"), folder.resolve("run-tests.sh"));
        Files.createDirectory(folder.resolve("lib"));
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                copy(path, folder.resolve(path.getFileName().toString()));
            } else if (Files.exists(path)) {
                Files.copy(
                        path,
                        folder.resolve("lib").resolve(path.getFileName().toString()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
