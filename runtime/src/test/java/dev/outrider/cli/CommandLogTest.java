package dev.outrider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLogTest {

    @TempDir Path folder;

    @Test
    void printsWarningsAndNothingLess() throws Exception {
        assertThat(loggedBy(Program.class))
                .isEqualTo("outrider: no room for m.gguf\noutrider: 3 ears are deaf\n");
    }

    private String loggedBy(Class<?> program) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName())
                        .redirectError(printed.toFile())
                        .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return Files.readString(printed, StandardCharsets.UTF_8);
    }

    static final class Program {

        private Program() {}

        public static void main(String[] arguments) {
            System.Logger log = System.getLogger("dev.outrider.test");
            log.log(Level.WARNING, "no room for {0}", "m.gguf");
            CommandLog.open();
            log.log(Level.INFO, "this is for the log of a running robot");
            System.getLogger("ai.djl.engine").log(Level.WARNING, "no engine is on the class path");
            log.log(Level.ERROR, "{0} ears are deaf", 3);
        }
    }
}
