package dev.outrider.hal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class RobustLockTest {

    @TempDir Path folder;

    private Path file() throws IOException {
        return Files.createFile(folder.resolve("lock"));
    }

    @Test
    void tellsThatTheProcessThatHeldItWasKilled() throws Exception {
        Path file = file();
        Process holder = Holder.start(file);
        RobustLock lock = RobustLock.open(file);
        CompletableFuture<Boolean> died = CompletableFuture.supplyAsync(lock::awaitDeath);
        boolean early = died.isDone();

        holder.destroyForcibly();

        assertThat(early).isFalse();
        assertThat(died.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsThatItsHolderLetGo() throws Exception {
        Path file = file();
        RobustLock held = RobustLock.create(file);
        held.hold();
        RobustLock lock = RobustLock.open(file);
        CompletableFuture<Boolean> died = CompletableFuture.supplyAsync(lock::awaitDeath);

        held.letGo();

        assertThat(died.get(30, TimeUnit.SECONDS)).isFalse();
    }

    /** A process that holds the lock until it is killed. */
    static final class Holder {

        private static final String HELD = "held";

        private Holder() {}

        static Process start(Path file) throws IOException {
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "--enable-native-access=ALL-UNNAMED",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Holder.class.getName(),
                                    file.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            assertThat(process.inputReader().readLine()).isEqualTo(HELD);
            return process;
        }

        public static void main(String[] arguments) throws IOException {
            RobustLock.create(Path.of(arguments[0])).hold();
            System.out.println(HELD);
            while (System.in.read() >= 0) {
                System.out.println(HELD);
            }
        }
    }
}
