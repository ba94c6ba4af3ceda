package dev.outrider.hal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import dev.outrider.hal.device.InaBattery.Cell;
import dev.outrider.hal.device.InaBattery.Chip;
import dev.outrider.hal.part.BatteryGauge;
import dev.outrider.hal.part.BatteryGaugeContract;
import dev.outrider.hal.part.EnvironmentSensor;
import dev.outrider.hal.part.EnvironmentSensorContract;
import dev.outrider.hal.part.Imu;
import dev.outrider.hal.part.ImuContract;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.MotorContract;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.RangeSensor;
import dev.outrider.hal.part.RangeSensorContract;
import dev.outrider.hal.rig.InRig;
import dev.outrider.hal.rig.StubChip;
import dev.outrider.hal.safety.SafeState;
import dev.outrider.hal.sim.SteppedTime;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The chips' registers as the kernel's i2c-stub keeps them, byte by byte. */
@InRig
class I2cPartsRigTest {

    private static final Cell CELL = new Cell(9.6, 12.6, 0.002);

    private final Context context = Pi4J.newContextBuilder().autoDetectProviders().build();

    @AfterEach
    void shutdown() {
        context.shutdown();
    }

    private I2C device(StubChip chip) {
        return context.create(
                I2C.newConfigBuilder(context)
                        .bus(StubChip.number())
                        .device(chip.address())
                        .build());
    }

    @Nested
    class BehindAnIna219 extends BatteryGaugeContract {

        private final StubChip chip = new StubChip(0x40);
        private final InaBattery battery =
                new InaBattery("battery", device(chip), Chip.INA219, CELL);

        /** The stub's registers are bytes, so a word's low byte is the next word's high one. */
        @Override
        protected BatteryGauge part() {
            chip.putWord(0x01, 500);
            chip.putWord(0x02, (int) (11.1 / 0.004) << 3);
            return battery;
        }

        @Override
        protected void drain() {
            chip.putWord(0x02, (int) (10.2 / 0.004) << 3);
        }

        @Override
        protected void connect() {
            chip.putWord(0x01, -500 & 0xFFFF);
        }

        @Test
        void readsVoltsAndChargeAndSetsTheChip() {
            assertThat(chip.at(0x00)).isEqualTo(0x39);
            assertThat(chip.at(0x01)).isEqualTo(0x9F);
            part();

            assertThat(battery.volts()).isCloseTo(11.1, within(0.004));
            assertThat(battery.charge()).isCloseTo(0.5, within(0.002));
        }
    }

    @Nested
    class BehindAnIna226 extends BatteryGaugeContract {

        private final StubChip chip = new StubChip(0x45).putWord(0xFE, 0x5449);
        private final I2C device = device(chip);
        private final InaBattery battery = new InaBattery("battery", device, Chip.INA226, CELL);

        @Override
        protected BatteryGauge part() {
            chip.putWord(0x01, 2000);
            chip.putWord(0x02, (int) (11.1 / 0.00125));
            return battery;
        }

        @Override
        protected void drain() {
            chip.putWord(0x02, (int) (10.2 / 0.00125));
        }

        @Override
        protected void connect() {
            chip.putWord(0x01, -2000 & 0xFFFF);
        }

        @Test
        void anotherMakersChipIsNotTakenForOne() {
            chip.putWord(0xFE, 0x1234);

            assertThatThrownBy(() -> new InaBattery("reserve", device, Chip.INA226, CELL))
                    .isInstanceOf(PartException.class)
                    .hasMessageContaining("no INA226");
        }
    }

    @Nested
    class ByABme280 extends EnvironmentSensorContract {

        private final StubChip chip = filled();
        private final Bme280 sensor = new Bme280("air", device(chip));

        private static StubChip filled() {
            byte[] bytes = HexFormat.of().parseHex(I2cPartsTest.EXAMPLE);
            var chip = new StubChip(0x76).put(0xD0, 0x60);
            for (int index = 0; index < bytes.length; index++) {
                int register =
                        index < 26
                                ? 0x88 + index
                                : index < 33 ? 0xE1 + index - 26 : 0xF7 + index - 33;
                chip.put(register, Byte.toUnsignedInt(bytes[index]));
            }
            return chip;
        }

        @Override
        protected EnvironmentSensor part() {
            return sensor;
        }

        @Test
        void givesTheFiguresOfTheDataSheetsExample() {
            assertThat(sensor.air().celsius()).isCloseTo(25.08, within(0.005));
            assertThat(sensor.air().pascals()).isCloseTo(100653.27, within(0.1));
            assertThat(chip.at(0xF4)).isEqualTo(0x27);
        }
    }

    @Nested
    class ByAnMpu6050 extends ImuContract {

        private final StubChip chip = new StubChip(0x68).put(0x75, 0x68);
        private final Mpu6050 imu = new Mpu6050("imu", device(chip));

        @Override
        protected Imu part() {
            return imu;
        }

        private void data(int... words) {
            for (int index = 0; index < words.length; index++) {
                chip.putWord(0x3B + 2 * index, words[index]);
            }
        }

        @Override
        protected void stand() {
            data(0, 0, 8192, 0, 0, 0, 0);
        }

        @Override
        protected void turnLeft() {
            data(0, 0, 8192, 0, 0, 0, (int) Math.round(45 * 65.5));
        }

        @Test
        void wakesTheChip() {
            assertThat(chip.at(0x6B)).isEqualTo(0x01);
        }
    }

    @Nested
    class OnAPca9685 extends MotorContract {

        private final StubChip chip = new StubChip(0x41);
        private final Pca9685 expander = new Pca9685("hat", device(chip), 1500);
        private final Motor motor =
                PwmMotor.pair(
                        "left", expander.channel(0), expander.channel(1), PwmMotor.Rest.COAST);

        @Override
        protected Motor part() {
            return motor;
        }

        private int steps(int channel) {
            int first = 0x06 + 4 * channel;
            if ((chip.at(first + 3) & 0x10) != 0) {
                return 0;
            }
            return (chip.at(first + 1) & 0x10) != 0
                    ? 4096
                    : chip.at(first + 2) | chip.at(first + 3) << 8;
        }

        @Override
        protected double drawn() {
            return (steps(0) - steps(1)) / 4096.0;
        }

        @Override
        protected double step() {
            return 1.0 / 4096;
        }

        @Test
        void endsItsPulsesWhenTheGuardianWritesSo() {
            motor.power(0.5);

            new SafeState.Register(StubChip.bus(), 0x41, Pca9685.offRegister(0), Pca9685.FULL)
                    .apply();

            assertThat(drawn()).isZero();
        }
    }

    @Nested
    class ByAVl53l0x extends RangeSensorContract {

        private final SteppedTime time = new SteppedTime();
        private final StubChip chip = new StubChip(0x29);
        private final Vl53l0x sensor = started();

        /** Does what the chip would by itself: says that it is ready whenever it is asked to be. */
        private Vl53l0x started() {
            chip.put(0xC0, 0xEE).put(0x92, 0x85);
            var starting = new AtomicBoolean(true);
            Thread itself =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (starting.get()) {
                                    chip.put(0x83, chip.at(0x83) | 1);
                                    chip.put(0x13, 4);
                                    Thread.onSpinWait();
                                }
                            });
            try {
                return new Vl53l0x("front", device(chip), 1.2, time);
            } finally {
                starting.set(false);
                join(itself);
            }
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        protected RangeSensor part() {
            return sensor;
        }

        private void result(int status, int millimeters) {
            chip.put(0x14, status << 3).putWord(0x1E, millimeters).put(0x13, 4);
        }

        @Override
        protected void target(double meters) {
            result(11, (int) Math.round(meters * 1000));
        }

        @Override
        protected void nothingInReach() {
            result(4, 8190);
        }

        @Override
        protected double accuracy() {
            return 0.001;
        }

        @Test
        void measuresAllTheTime() {
            assertThat(chip.at(0x00)).isEqualTo(0x02);
            assertThat(chip.at(0x01)).isEqualTo(0xE8);
        }
    }
}
