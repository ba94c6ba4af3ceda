package dev.outrider.hal.device;

import com.pi4j.io.i2c.I2C;
import dev.outrider.hal.part.Imu;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.PartSheet;

/**
 * A TDK InvenSense MPU-6050 (register map RM-MPU-6000A), ±4 g and ±500 °/s, filtered at 44 Hz,
 * mounted with its x printed ahead and its y to the left.
 */
public final class Mpu6050 implements Imu {

    private static final int IDENTITY = 0x75;
    private static final int MPU6050 = 0x68;
    private static final int RATE_DIVIDER = 0x19;
    private static final int FILTER = 0x1A;
    private static final int GYRO_RANGE = 0x1B;
    private static final int ACCELERATION_RANGE = 0x1C;
    private static final int DATA = 0x3B;
    private static final int DATA_LENGTH = 14;
    private static final int POWER = 0x6B;
    private static final int AWAKE_BY_GYRO_CLOCK = 0x01;
    private static final int HERTZ_44 = 3;
    private static final int HERTZ_200 = 4;
    private static final int DEGREES_500 = 1 << 3;
    private static final int GRAVITIES_4 = 1 << 3;
    private static final double STEPS_A_GRAVITY = 8192;
    private static final double STEPS_A_DEGREE = 65.5;
    private static final double MOST_ACCELERATION = 32768 / STEPS_A_GRAVITY * GRAVITY;
    private static final double MOST_RATE = 32768 / STEPS_A_DEGREE;

    private final String name;
    private final Registers registers;

    /** Wakes the chip and sets its ranges. */
    public Mpu6050(String name, I2C device) {
        this.name = name;
        this.registers = new Registers(name, device);
        registers.requireIdentity("MPU-6050", registers.unsigned8(IDENTITY), MPU6050);
        registers.write(POWER, AWAKE_BY_GYRO_CLOCK);
        registers.write(RATE_DIVIDER, HERTZ_200);
        registers.write(FILTER, HERTZ_44);
        registers.write(GYRO_RANGE, DEGREES_500);
        registers.write(ACCELERATION_RANGE, GRAVITIES_4);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PartSheet sheet() {
        return PartSheet.sensor(
                "imu",
                PartSheet.measured("acceleration", "m/s²", -MOST_ACCELERATION, MOST_ACCELERATION),
                PartSheet.measured("rate", "°/s", -MOST_RATE, MOST_RATE));
    }

    /**
     * {@inheritDoc}
     *
     * @throws PartException also if the chip measures nothing at all, as one does that lost its
     *     power for a moment and went to sleep
     */
    @Override
    public Motion motion() {
        byte[] data = registers.block(DATA, DATA_LENGTH);
        Axes acceleration = axes(data, 0, GRAVITY / STEPS_A_GRAVITY);
        Axes rate = axes(data, 8, 1 / STEPS_A_DEGREE);
        if (acceleration.length() == 0 && rate.length() == 0) {
            throw new PartException(
                    name, "measure", "the chip is asleep or gone: not even gravity is felt");
        }
        return new Motion(acceleration, rate);
    }

    private static Axes axes(byte[] data, int at, double step) {
        return new Axes(
                (short) Registers.unsigned16(data, at) * step,
                (short) Registers.unsigned16(data, at + 2) * step,
                (short) Registers.unsigned16(data, at + 4) * step);
    }
}
