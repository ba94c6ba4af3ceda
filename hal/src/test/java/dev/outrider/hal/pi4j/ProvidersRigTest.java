package dev.outrider.hal.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.pwm.Pwm;
import com.pi4j.io.pwm.PwmType;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBus;
import dev.outrider.hal.linux.I2cDevice;
import dev.outrider.hal.rig.InRig;
import dev.outrider.hal.rig.SimulatedLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@InRig
class ProvidersRigTest {

    private final Context context =
            Pi4J.newContextBuilder()
                    .autoDetectProviders()
                    .property(GpioLines.CHIP_PROPERTY, SimulatedLine.CHIP)
                    .property(LinuxPwmProvider.PARENT_PROPERTY, "outrider-rig")
                    .build();

    @AfterEach
    void shutdown() {
        if (!context.isShutdown()) {
            context.shutdown();
        }
    }

    private DigitalOutput output(int bcm, DigitalState initial, DigitalState shutdown) {
        return context.create(
                DigitalOutput.newConfigBuilder(context)
                        .bcm(bcm)
                        .initial(initial)
                        .shutdown(shutdown)
                        .build());
    }

    private DigitalInput input(int bcm, PullResistance pull, long debounceMicros) {
        return context.create(
                DigitalInput.newConfigBuilder(context)
                        .bcm(bcm)
                        .pull(pull)
                        .debounce(debounceMicros)
                        .build());
    }

    @Test
    void outputsFollowTheirState() {
        DigitalOutput output = output(30, DigitalState.HIGH, DigitalState.LOW);
        boolean first = new SimulatedLine(30).value();

        output.low();
        boolean low = new SimulatedLine(30).value();
        output.toggle();

        assertThat(first).isTrue();
        assertThat(low).isFalse();
        assertThat(new SimulatedLine(30).value()).isTrue();
        assertThat(output.isHigh()).isTrue();
    }

    @Test
    void aShutOutputSaysSo() {
        DigitalOutput output = output(31, DigitalState.HIGH, DigitalState.LOW);

        context.shutdown(output.id());

        assertThat(new SimulatedLine(31).value()).isFalse();
        assertThatThrownBy(output::high).hasMessageContaining("shut down");
    }

    @Test
    void aLineCanBeTakenAgainOnceGivenBack() {
        DigitalOutput output = output(32, DigitalState.LOW, DigitalState.LOW);
        context.shutdown(output.id());

        DigitalOutput again = output(32, DigitalState.HIGH, DigitalState.LOW);

        assertThat(again.isHigh()).isTrue();
    }

    @Test
    void listenersHearEveryEdgeOfAnInput() throws InterruptedException {
        var line = new SimulatedLine(33);
        line.pull(false);
        DigitalInput input = input(33, PullResistance.OFF, 0);
        BlockingQueue<DigitalState> heard = new LinkedBlockingQueue<>();
        input.addListener(event -> heard.add(event.state()));

        for (int count = 0; count < 20; count++) {
            line.pull(count % 2 == 0);

            assertThat(heard.poll(60, TimeUnit.SECONDS))
                    .isEqualTo(count % 2 == 0 ? DigitalState.HIGH : DigitalState.LOW);
        }
        assertThat(input.state()).isEqualTo(DigitalState.LOW);
    }

    @Test
    void pullResistanceReachesTheLine() {
        assertThat(input(34, PullResistance.PULL_UP, 0).isHigh()).isTrue();
        assertThat(input(35, PullResistance.PULL_DOWN, 0).isLow()).isTrue();
    }

    @Test
    void glitchesAreDebouncedByTheKernel() throws InterruptedException {
        var line = new SimulatedLine(36);
        line.pull(false);
        DigitalInput input = input(36, PullResistance.OFF, 50_000);
        BlockingQueue<DigitalState> heard = new LinkedBlockingQueue<>();
        input.addListener(event -> heard.add(event.state()));

        line.pull(true);
        line.pull(false);

        assertThat(heard.poll(500, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void pwmTakesPercentsAndNanoseconds() throws IOException {
        Pwm pwm =
                context.create(
                        Pwm.newConfigBuilder(context)
                                .channel(1)
                                .pwmType(PwmType.HARDWARE)
                                .frequency(50)
                                .dutyCycle(7)
                                .shutdown(0)
                                .build());
        pwm.on();
        long percent = ((PulsePwm) pwm).pulseNanos();

        ((PulsePwm) pwm).pulseNanos(1_537_000);

        assertThat(percent).isEqualTo(1_400_000);
        assertThat(((PulsePwm) pwm).pulseNanos()).isEqualTo(1_537_000);
        assertThat(pwm.getActualFrequency()).isEqualTo(50);
        assertThat(pwm.isOn()).isTrue();
        assertThatThrownBy(() -> ((PulsePwm) pwm).pulseNanos(20_000_001))
                .hasMessageContaining("0..20000000 ns");
        context.shutdown();
        assertThat(enabledPwms()).isZero();
    }

    private static long enabledPwms() throws IOException {
        try (var files = Files.walk(Path.of("/sys/devices/platform/outrider-rig/pwm"), 3)) {
            return files.filter(file -> file.endsWith("enable"))
                    .filter(ProvidersRigTest::on)
                    .count();
        }
    }

    private static boolean on(Path file) {
        try {
            return Files.readString(file).strip().equals("1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void pwmBySoftwareIsRefused() {
        assertThatThrownBy(() ->
                        context.create(
                                Pwm.newConfigBuilder(context)
                                        .channel(0)
                                        .pwmType(PwmType.SOFTWARE)
                                        .build()))
                .hasRootCauseMessage(
                        "PWM-0: PWM by software is not precise enough for motors; use a hardware channel");
    }

    private I2C i2c(int address) {
        String path = I2cDevice.bus("SMBus stub driver").toString();
        int bus = Integer.parseInt(path.substring(path.lastIndexOf('-') + 1));
        return context.create(I2C.newConfigBuilder(context).bus(bus).device(address).build());
    }

    @Test
    void i2cRegistersKeepWhatIsWritten() {
        I2C device = i2c(0x48);
        byte[] block = new byte[3];

        device.writeRegister(1, 0x60);
        device.writeRegister(0x10, new byte[] {1, 2, 3});
        int read = device.readRegister(0x10, block);
        device.writeRegisterWord(0x20, 0xBEEF);

        assertThat(device.readRegister(1)).isEqualTo(0x60);
        assertThat(read).isEqualTo(3);
        assertThat(block).containsExactly(1, 2, 3);
        assertThat(device.readRegisterWord(0x20)).isEqualTo(0xBEEF);
        assertThat(device.readRegister(0x20)).isEqualTo(0xBE);
    }

    @Test
    void anAbsentI2cDeviceFailsWhenRead() {
        I2C device = i2c(0x77);

        assertThatThrownBy(() -> device.readRegister(1)).hasMessageContaining("device 0x77");
    }

    @Test
    void spiTransfersBothWays() {
        Spi device =
                context.create(
                        Spi.newConfigBuilder(context)
                                .bus(SpiBus.BUS_0)
                                .channel(1)
                                .baud(1_000_000)
                                .build());
        byte[] in = new byte[4];

        int count = device.transfer(new byte[] {1, 2, 3, (byte) 0xAA}, in);
        byte[] answer = new byte[2];
        device.writeThenRead(new byte[] {9, 8}, answer);

        assertThat(count).isEqualTo(4);
        assertThat(in).containsExactly(1, 2, 3, 0xAA);
        assertThat(answer).containsExactly(0, 0);
        assertThat(device.write((byte) 7)).isEqualTo(1);
    }
}
