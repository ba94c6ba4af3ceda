package dev.outrider.hal.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * The virtual machine of hal's src/test/rig, from outside: built if need be, booted with a folder,
 * and what its tests said repeated here. Where it cannot be built the tests are skipped, saying
 * why; with {@code -Drig.required=true}, as in CI, they fail.
 */
public final class Rig {

    private static final String MACHINE = System.getProperty("rig.machine", "amd64");
    private static final int CANNOT = 69;

    private final Path recipe;
    private final Path folder;

    /**
     * @param recipe the folder of rig.sh
     * @param folder an empty one, which the machine sees as /rig
     */
    public Rig(Path recipe, Path folder) {
        this.recipe = recipe.toAbsolutePath().normalize();
        this.folder = folder;
    }

    private record Ended(int exit, List<String> output) {
        String text() {
            return String.join("\n", output);
        }
    }

    /** Why there is no machine; empty if there is one. */
    public Optional<String> build() throws Exception {
        Ended build = rig("build", MACHINE);
        if (build.exit() == 0) {
            return Optional.empty();
        }
        assertThat(build.exit()).as(build.text()).isEqualTo(CANNOT);
        assertThat(Boolean.getBoolean("rig.required")).as(build.text()).isFalse();
        return Optional.of(build.text());
    }

    /** A test of its own: a factory that gives up would not be counted as skipped. */
    public static Stream<DynamicTest> skipped(String reason) {
        return Stream.of(DynamicTest.dynamicTest("theRigIsReady", () -> Assumptions.abort(reason)));
    }

    /** Puts this module's classes and the libraries they need where the machine sees them. */
    public void stageClasses() throws IOException {
        Files.createDirectory(folder.resolve("lib"));
        Files.createDirectory(folder.resolve("classes"));
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                stage(path, "classes");
            } else if (Files.exists(path)) {
                stage(path, "lib/" + path.getFileName());
            }
        }
    }

    /** Puts a file, or what is in a folder, where the machine sees it. */
    public void stage(Path from, String name) throws IOException {
        Path to = folder.resolve(name);
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    share(path, from.equals(path) ? to : target);
                }
            }
        }
    }

    /** By a link where that is possible: the libraries are many. */
    private static void share(Path from, Path to) throws IOException {
        Files.deleteIfExists(to);
        try {
            Files.createLink(to, from);
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Boots it; the console, line by line. Kept in the module's target folder too. */
    public List<String> boot(String report) throws Exception {
        List<String> console = rig("boot", folder.toString(), MACHINE).output();
        Path target = Path.of("target");
        Files.write(target.resolve("rig-%s-%s.log".formatted(report, MACHINE)), console);
        console.forEach(System.out::println);
        return console;
    }

    /** What {@link RigTests} said in the machine, as tests, and that it came to its end. */
    public static Stream<DynamicTest> results(List<String> console) {
        var tests = new ArrayList<DynamicTest>();
        console.stream()
                .filter(line -> line.matches(RigTests.MARK + " (PASS|FAIL|SKIP) .*"))
                .map(line -> result(line, console))
                .forEach(tests::add);
        tests.add(DynamicTest.dynamicTest("allTestsRanToTheEnd", () -> assertFinished(console)));
        return tests.stream();
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

    private Ended rig(String... arguments) throws Exception {
        var builder = new ProcessBuilder("bash", recipe.resolve("rig.sh").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> output = reader.lines().toList();
            return new Ended(process.waitFor(), output);
        } finally {
            process.destroy();
        }
    }
}
