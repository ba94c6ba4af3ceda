package dev.outrider.hal.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class GuardianTest {

    @TempDir Path folder;

    private Path motor() throws IOException {
        return Files.writeString(folder.resolve("enable"), "1");
    }

    @Test
    void writesTheSafeStatesWhenItsProcessIsKilled() throws Exception {
        Path motor = motor();
        Process victim = GuardedProcess.start(new SafeState.Setting(motor, "0"));
        String before = Files.readString(motor);

        victim.destroyForcibly();

        assertThat(before).isEqualTo("1");
        await().untilAsserted(() -> assertThat(motor).hasContent("0"));
    }

    @Test
    void writesTheOtherStatesWhenOneCannotBeWritten() throws Exception {
        Path motor = motor();
        Process victim =
                GuardedProcess.start(
                        new SafeState.Setting(folder.resolve("gone/enable"), "0"),
                        new SafeState.Setting(motor, "0"));

        victim.destroyForcibly();

        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(motor).hasContent("0"));
    }

    @Test
    void writesNothingWhenSentAway() throws Exception {
        Path motor = motor();
        Guardian guardian = Guardian.start(List.of(new SafeState.Setting(motor, "0")));
        boolean watching = guardian.watching();

        guardian.close();
        guardian.gone().get(30, TimeUnit.SECONDS);

        assertThat(watching).isTrue();
        assertThat(motor).hasContent("1");
    }

    @Test
    void outlivesAPoliteKill() throws Exception {
        Path motor = motor();
        Guardian guardian = Guardian.start(List.of(new SafeState.Setting(motor, "0")));
        ProcessHandle child =
                ProcessHandle.current()
                        .children()
                        .filter(handle -> commandLine(handle).contains("GuardianProcess"))
                        .findAny()
                        .orElseThrow();

        boolean sent = child.destroy();

        assertThat(sent).isTrue();
        assertThat(guardian.watching()).isTrue();
        guardian.close();
        guardian.gone().get(30, TimeUnit.SECONDS);
        assertThat(motor).hasContent("1");
    }

    private static String commandLine(ProcessHandle handle) {
        return handle.info().commandLine().orElse("");
    }

    @Test
    void statesComeThroughThePipeAsTheyWent() {
        List<SafeState> states =
                List.of(
                        new SafeState.Level("pinctrl-rp1", 17, true),
                        new SafeState.Level("tegra234-gpio", 3, false),
                        new SafeState.Setting(Path.of("/sys/class/pwm/a b"), "0"));

        assertThat(states)
                .allSatisfy(state -> assertThat(SafeState.decode(state.encode())).isEqualTo(state));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "level", "level\tchip\t1", "setting\t/x", "other\ta\tb"})
    void refusesWhatIsNoState(String line) {
        assertThatThrownBy(() -> SafeState.decode(line))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesStatesThatWouldBreakTheLine() {
        assertThatThrownBy(() -> new SafeState.Setting(Path.of("/x"), "0\nlevel"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
