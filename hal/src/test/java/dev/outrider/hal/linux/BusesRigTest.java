package dev.outrider.hal.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.hal.rig.InRig;
import dev.outrider.hal.rig.Watchdogs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@InRig
class BusesRigTest {

    private static final String ADAPTER = "SMBus stub driver";
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void i2cRegistersKeepWhatIsWritten() {
        try (I2cDevice device = I2cDevice.open(I2cDevice.bus(ADAPTER), 0x48)) {
            device.writeByte(1, 0xE0);
            device.writeWord(2, 0xBEEF);
            device.writeBlock(0x10, new byte[] {1, 2, 3});

            assertThat(device.readByte(1)).isEqualTo(0xE0);
            assertThat(device.readWord(2)).isEqualTo(0xBEEF);
            assertThat(device.readBlock(0x10, 3)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void i2cBytesWithoutRegistersGoThrough() {
        try (I2cDevice device = I2cDevice.open(I2cDevice.bus(ADAPTER), 0x48)) {
            device.writeByte(0x20, 0x55);
            device.writeByte(0x20);

            assertThat(device.readByte()).isEqualTo(0x55);
        }
    }

    @Test
    void anAbsentI2cDeviceFails() {
        try (I2cDevice device = I2cDevice.open(I2cDevice.bus(ADAPTER), 0x77)) {
            assertThatThrownBy(() -> device.readByte(1)).isInstanceOf(LinuxException.class);
        }
    }

    @Test
    void anAdapterWithoutPlainI2cSaysSo() {
        try (I2cDevice device = I2cDevice.open(I2cDevice.bus(ADAPTER), 0x48)) {
            assertThat(device.transfers()).isFalse();
            assertThatThrownBy(() -> device.transfer(new byte[] {1}, 1))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("SMBus only");
        }
    }

    @Test
    void namesTheAdaptersThereAreWhenNoneFits() {
        assertThatThrownBy(() -> I2cDevice.bus("none")).hasMessageContaining(ADAPTER);
    }

    @Test
    void spiSendsAndReceivesAtTheSameTime() {
        byte[] out = {1, 2, 3, (byte) 0xAA};
        byte[] in = new byte[4];
        try (SpiDevice device = SpiDevice.open(Path.of("/dev/spidev0.0"), 0, 1_000_000)) {
            device.transfer(out, 0, in, 0, 4);

            assertThat(in).containsExactly(out);
            assertThatThrownBy(() -> device.transfer(out, 0, in, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void pwmTakesNanosecondsByItsParentDevice() {
        PwmChannel channel = PwmChannel.open("outrider-rig", 2);
        try (channel) {
            channel.set(20_000_000, 1_537_000);
            channel.enable();

            assertThat(channel.periodNanos()).isEqualTo(20_000_000);
            assertThat(channel.dutyNanos()).isEqualTo(1_537_000);
            assertThat(channel.enabled()).isTrue();
            channel.duty(0);
            assertThat(channel.dutyNanos()).isZero();
            channel.duty(20_000_000);
            channel.set(1_000_000, 999_999);
            assertThat(channel.dutyNanos()).isEqualTo(999_999);
        }
        assertThat(channel.enabled()).isFalse();
    }

    @Test
    void pwmKeepsToWhatTheChipHas() {
        assertThatThrownBy(() -> PwmChannel.open("outrider-rig", 4))
                .hasMessageContaining("channels 0..3, not 4");
        assertThatThrownBy(() -> PwmChannel.open("1f00098000.pwm", 0))
                .hasMessageContaining("outrider-rig");
        try (PwmChannel channel = PwmChannel.open("outrider-rig", 1)) {
            assertThatThrownBy(() -> channel.set(1000, 1001))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void canFramesCrossABus() {
        try (CanSocket one = CanSocket.open("vcan0");
                CanSocket other = CanSocket.open("vcan0")) {
            CanFrame sent = CanFrame.of(0x123, (byte) 0xBE, (byte) 0xEF);

            one.send(sent);

            assertThat(other.receive(SOON)).contains(sent);
            assertThat(other.receive(Duration.ofMillis(10))).isEmpty();
        }
    }

    @Test
    void serialBytesArriveAtAnUntraditionalSpeed() {
        byte[] ping = "ping\r\n\u0000".getBytes(StandardCharsets.ISO_8859_1);
        byte[] got = new byte[64];
        try (SerialPort device = SerialPort.open(Path.of("/dev/ttyGS0"), 9_600);
                SerialPort host = SerialPort.open(Path.of("/dev/ttyACM0"), 250_000)) {
            assertThat(device.write(ping, 0, ping.length)).isEqualTo(ping.length);

            int count = 0;
            while (count < ping.length) {
                byte[] part = new byte[64];
                int read = host.read(part, SOON);
                assertThat(read).isPositive();
                System.arraycopy(part, 0, got, count, read);
                count += read;
            }

            assertThat(got).startsWith(ping);
            assertThat(host.read(got, Duration.ofMillis(10))).isZero();
        }
    }

    @Test
    void aLineThatCannotDoTheSpeedSaysWhatItCanDo() {
        assertThatThrownBy(() -> SerialPort.open(Path.of("/dev/ttyGS0"), 250_000))
                .hasMessage("/dev/ttyGS0 cannot do 250000 baud, the nearest is 9600");
    }

    @Test
    void aWatchdogIsFedAndDisarmed() {
        HardwareWatchdog watchdog =
                HardwareWatchdog.open(Watchdogs.called("software"), Duration.ofSeconds(6));

        watchdog.feed();
        Duration timeout = watchdog.timeout();
        watchdog.disarm();

        assertThat(timeout).isEqualTo(Duration.ofSeconds(6));
        assertThat(watchdog.identity()).isEqualTo("Software Watchdog");
    }
}
