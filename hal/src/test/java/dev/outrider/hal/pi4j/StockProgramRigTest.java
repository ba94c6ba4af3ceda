package dev.outrider.hal.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.hal.rig.InRig;
import dev.outrider.hal.rig.SimulatedLine;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import stock.LedAndButton;

@InRig
class StockProgramRigTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimulatedLine led = new SimulatedLine(22);
    private final SimulatedLine button = new SimulatedLine(24);

    @Test
    void aProgramThatKnowsOnlyPi4jBlinksItsLedAndHearsItsButton() throws Exception {
        Process program =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LedAndButton.class.getName())
                        .redirectErrorStream(true)
                        .start();
        BufferedReader said = program.inputReader();
        awaitLine(said, "blinking");

        await().atMost(PATIENCE).until(led::value);
        await().atMost(PATIENCE).until(() -> !led.value());
        for (int press = 1; press <= 5; press++) {
            button.pull(true);
            awaitLine(said, "pressed " + press);
            button.pull(false);
            // the button counts again once it has been let go for longer than it may bounce
            await().pollDelay(Duration.ofMillis(20)).until(() -> !button.value());
        }
        awaitLine(said, "done");

        assertThat(program.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
        assertThat(led.value()).isFalse();
    }

    /** Skips what Pi4J logs. */
    private static void awaitLine(BufferedReader said, String wanted) throws Exception {
        var heard = new StringBuilder();
        String line = said.readLine();
        while (line != null && !line.equals(wanted)) {
            heard.append(line).append('\n');
            line = said.readLine();
        }
        assertThat(line).as(heard.toString()).isEqualTo(wanted);
    }
}
