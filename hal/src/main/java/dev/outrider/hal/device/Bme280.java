package dev.outrider.hal.device;

import com.pi4j.io.i2c.I2C;
import dev.outrider.hal.part.EnvironmentSensor;
import dev.outrider.hal.part.PartException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A Bosch BME280 (data sheet BST-BME280-DS002), measuring all the time without oversampling. */
public final class Bme280 implements EnvironmentSensor {

    private static final int IDENTITY = 0xD0;
    private static final int BME280 = 0x60;
    private static final int FIRST_CALIBRATION = 0x88;
    private static final int FIRST_LENGTH = 26;
    private static final int SECOND_CALIBRATION = 0xE1;
    private static final int SECOND_LENGTH = 7;
    private static final int CONTROL_HUMIDITY = 0xF2;
    private static final int CONTROL_MEASURE = 0xF4;
    private static final int CONFIGURATION = 0xF5;
    private static final int DATA = 0xF7;
    private static final int DATA_LENGTH = 8;
    private static final int ONCE = 1;
    private static final int ONCE_EACH_ALWAYS = 0x27;
    private static final int NOTHING_YET = 0x80000;
    private static final int TRIES = 50;
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final String name;
    private final Registers registers;
    private final Calibration calibration;

    /** Reads what the chip was calibrated with and starts it. */
    public Bme280(String name, I2C device) {
        this.name = name;
        this.registers = new Registers(name, device);
        registers.requireIdentity("BME280", registers.unsigned8(IDENTITY), BME280);
        this.calibration =
                Calibration.of(
                        name,
                        registers.block(FIRST_CALIBRATION, FIRST_LENGTH),
                        registers.block(SECOND_CALIBRATION, SECOND_LENGTH));
        registers.write(CONTROL_HUMIDITY, ONCE);
        registers.write(CONFIGURATION, 0);
        registers.write(CONTROL_MEASURE, ONCE_EACH_ALWAYS);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Air air() {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            byte[] data = registers.block(DATA, DATA_LENGTH);
            int pressure = unsigned20(data, 0);
            int temperature = unsigned20(data, 3);
            if (temperature != NOTHING_YET && pressure != NOTHING_YET) {
                return calibration.air(temperature, pressure, Registers.unsigned16(data, 6));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new PartException(
                name,
                "measure",
                "the chip has measured nothing within " + PAUSE.multipliedBy(TRIES));
    }

    private static int unsigned20(byte[] data, int at) {
        return Registers.unsigned16(data, at) << 4 | Byte.toUnsignedInt(data[at + 2]) >> 4;
    }

    /**
     * What a chip's maker measured of it, and the formulas that make figures of raw values with it:
     * appendix 8.1 of the data sheet, in floating point.
     */
    private static final class Calibration {

        private final String name;
        private final int[] t;
        private final int[] p;
        private final int[] h;

        private Calibration(String name, int[] t, int[] p, int[] h) {
            this.name = name;
            this.t = t;
            this.p = p;
            this.h = h;
        }

        static Calibration of(String name, byte[] first, byte[] second) {
            ByteBuffer words = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN);
            int[] t = {Short.toUnsignedInt(words.getShort()), words.getShort(), words.getShort()};
            int[] p = new int[9];
            p[0] = Short.toUnsignedInt(words.getShort());
            for (int index = 1; index < p.length; index++) {
                p[index] = words.getShort();
            }
            int[] h = {
                Byte.toUnsignedInt(first[25]),
                (short) (Byte.toUnsignedInt(second[0]) | second[1] << Byte.SIZE),
                Byte.toUnsignedInt(second[2]),
                second[3] << 4 | (second[4] & 0x0F),
                second[5] << 4 | Byte.toUnsignedInt(second[4]) >> 4,
                second[6]
            };
            if (t[0] == 0 || t[0] == 0xFFFF || p[0] == 0 || p[0] == 0xFFFF) {
                throw new PartException(
                        name, "open", "the chip's calibration is empty; it is broken or none");
            }
            return new Calibration(name, t, p, h);
        }

        Air air(int temperature, int pressure, int humidity) {
            double first = (temperature / 16384.0 - t[0] / 1024.0) * t[1];
            double offset = temperature / 131072.0 - t[0] / 8192.0;
            double fine = first + offset * offset * t[2];
            int whole = (int) fine;
            return new Air(
                    Math.clamp(fine / 5120, -40, 85),
                    Math.clamp(pascals(whole, pressure), 30_000, 110_000),
                    Math.clamp(percent(whole, humidity), 0, 100) / 100);
        }

        private double pascals(int fine, int raw) {
            double x = fine / 2.0 - 64000;
            double y = x * x * p[5] / 32768 + x * p[4] * 2;
            y = y / 4 + p[3] * 65536.0;
            double scale = (p[2] * x * x / 524288 + p[1] * x) / 524288;
            scale = (1 + scale / 32768) * p[0];
            if (!(scale > 0)) {
                throw new PartException(
                        name, "measure", "its calibration gives no pressure; the chip is broken");
            }
            double pressure = (1048576.0 - raw - y / 4096) * 6250 / scale;
            double square = p[8] * pressure * pressure / 2147483648.0;
            double line = pressure * p[7] / 32768;
            return pressure + (square + line + p[6]) / 16;
        }

        private double percent(int fine, int raw) {
            double x = fine - 76800.0;
            double y = raw - (h[3] * 64.0 + h[4] / 16384.0 * x);
            double scale = 1 + h[2] / 67108864.0 * x;
            double moist = y * (h[1] / 65536.0) * (scale * (1 + h[5] / 67108864.0 * x * scale));
            return moist * (1 - h[0] * moist / 524288);
        }
    }
}
