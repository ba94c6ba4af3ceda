package dev.outrider.hal.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.GpioOutput;
import dev.outrider.hal.linux.PwmChannel;
import dev.outrider.hal.rig.InRig;
import dev.outrider.hal.rig.SimulatedLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@InRig
class GuardianRigTest {

    private static final Path PWM = Path.of("/sys/class/pwm");

    @Test
    void switchesPwmOffThatGoesOnAfterAKill() throws Exception {
        PwmChannel channel = PwmChannel.open("outrider-rig", 3);
        channel.set(20_000_000, 1_500_000);
        channel.enable();
        Process victim = GuardedProcess.start(new SafeState.Setting(enable(), "0"));
        boolean before = channel.enabled();

        victim.destroyForcibly();

        await().atMost(30, TimeUnit.SECONDS).until(() -> !channel.enabled());
        assertThat(before).isTrue();
        channel.close();
    }

    private static Path enable() throws IOException {
        try (var chips = Files.list(PWM)) {
            return chips.map(chip -> chip.resolve("pwm3/enable"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void takesALineTheDeadProcessHeldAndSetsIt() throws Exception {
        var line = new SimulatedLine(40);
        line.pull(true);
        Process victim = GuardedProcess.start(new SafeState.Level(SimulatedLine.CHIP, 40, true));
        boolean driven = line.value();

        victim.destroyForcibly();

        await().atMost(30, TimeUnit.SECONDS).until(line::value);
        assertThat(driven).isFalse();
        await().atMost(30, TimeUnit.SECONDS).until(GuardianRigTest::lineIsFree);
    }

    private static boolean lineIsFree() {
        try (GpioChip chip = GpioChip.labelled(SimulatedLine.CHIP)) {
            if (chip.line(40).used()) {
                return false;
            }
            try (GpioOutput taken = chip.output(40, "outrider-test", false)) {
                return !taken.value();
            }
        }
    }
}
