package dev.outrider.hal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.hal.linux.SerialPort;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.RangeSensor;
import dev.outrider.hal.part.RangeSensorContract;
import dev.outrider.hal.rig.InRig;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@InRig
class TfMiniRigTest extends RangeSensorContract {

    private final SerialPort sensor = SerialPort.open(Path.of("/dev/ttyGS0"), 9_600);
    private final SerialPort line = SerialPort.open(Path.of("/dev/ttyACM0"), TfMini.BAUD);

    @AfterEach
    void close() {
        sensor.close();
        line.close();
    }

    @Override
    protected RangeSensor part() {
        return new TfMini("front", line, 8);
    }

    @Override
    protected void target(double meters) {
        send(TfMiniFramesTest.frame((int) Math.round(meters * 100), 900));
    }

    private void send(byte[] frame) {
        assertThat(sensor.write(frame, 0, frame.length)).isEqualTo(frame.length);
    }

    @Override
    protected void nothingInReach() {
        send(TfMiniFramesTest.frame(300, 20));
    }

    @Override
    protected double accuracy() {
        return 0.01;
    }

    @Test
    void aSilentSensorHasFailed() {
        RangeSensor silent = part();

        assertThatThrownBy(silent::meters)
                .isInstanceOf(PartException.class)
                .hasMessageContaining("no frame");
    }
}
