package dev.outrider.hal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.pi4j.io.i2c.I2C;
import dev.outrider.hal.device.InaBattery.Cell;
import dev.outrider.hal.device.InaBattery.Chip;
import dev.outrider.hal.part.BatteryGauge;
import dev.outrider.hal.part.BatteryGaugeContract;
import dev.outrider.hal.part.EnvironmentSensor;
import dev.outrider.hal.part.EnvironmentSensorContract;
import dev.outrider.hal.part.Imu;
import dev.outrider.hal.part.ImuContract;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.RangeSensor;
import dev.outrider.hal.part.RangeSensorContract;
import dev.outrider.hal.sim.SteppedTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class I2cPartsTest {

    private final FakePi4j pi4j = new FakePi4j();

    @AfterEach
    void shutdown() {
        pi4j.close();
    }

    /** A BME280 with the calibration and the raw values of one line of bme280.csv. */
    static FakePi4j.ByteChip bme280(String line) {
        byte[] bytes = HexFormat.of().parseHex(line);
        var chip = new FakePi4j.ByteChip().put(0xD0, 0x60);
        chip.write(0x88, Arrays.copyOfRange(bytes, 0, 26));
        chip.write(0xE1, Arrays.copyOfRange(bytes, 26, 33));
        chip.write(0xF7, Arrays.copyOfRange(bytes, 33, 41));
        return chip;
    }

    /** The first line of bme280.csv, whose temperature and pressure are Bosch's own example. */
    static final String EXAMPLE =
            "706b436718fc7d8e43d6d00b270b8c00f9ff8c3cf8c67017004b"
                    + "6a0100141e001e"
                    + "655ac07eed006b00";

    @Nested
    class AirByABme280 extends EnvironmentSensorContract {

        private final FakePi4j.ByteChip chip = bme280(EXAMPLE);
        private final Bme280 sensor = new Bme280("air", pi4j.i2c(0x76, chip));

        @Override
        protected EnvironmentSensor part() {
            return sensor;
        }

        /** The worked example of Bosch's BMP280 data sheet (BST-BMP280-DS001, 3.12). */
        @Test
        void givesTheFiguresOfTheDataSheetsExample() {
            assertThat(sensor.air().celsius()).isCloseTo(25.08, within(0.005));
            assertThat(sensor.air().pascals()).isCloseTo(100653.27, within(0.1));
        }

        /** Registers, and what Bosch's own driver (BME280_SensorAPI 3.5.1) makes of them. */
        @ParameterizedTest
        @CsvFileSource(resources = "bme280.csv", numLinesToSkip = 1)
        void givesTheFiguresOfBoschsDriver(
                String registers, double celsius, double pascals, double percent) {
            var air = new Bme280("air", pi4j.i2c(0x77, bme280(registers))).air();

            assertThat(air.celsius()).isCloseTo(celsius, within(1e-6));
            assertThat(air.pascals()).isCloseTo(pascals, within(1e-3));
            assertThat(air.humidity()).isCloseTo(percent / 100, within(1e-8));
        }

        @Test
        void measuresAllTheTimeOnceEach() {
            assertThat(chip.registers[0xF2]).isEqualTo(1);
            assertThat(chip.registers[0xF4]).isEqualTo(0x27);
        }

        @Test
        void anotherChipAtTheAddressIsNotTakenForOne() {
            var bmp280 = new FakePi4j.ByteChip().put(0xD0, 0x58);

            assertThatThrownBy(() -> new Bme280("air", pi4j.i2c(0x77, bmp280)))
                    .isInstanceOf(PartException.class)
                    .hasMessageContaining("0x77 on bus 1 is no BME280")
                    .hasMessageContaining("0x58");
        }

        @ParameterizedTest
        @ValueSource(ints = {0x00, 0xFF})
        void anEmptyCalibrationIsNotCalculatedWith(int content) {
            var empty = new FakePi4j.ByteChip();
            Arrays.fill(empty.registers, content);
            empty.put(0xD0, 0x60);

            assertThatThrownBy(() -> new Bme280("air", pi4j.i2c(0x77, empty)))
                    .hasMessageContaining("calibration is empty");
        }

        @Test
        void aChipThatMeasuresNothingHasFailed() {
            chip.put(0xF7, 0x80, 0, 0, 0x80, 0, 0, 0x80, 0);

            assertThatThrownBy(sensor::air).hasMessageContaining("measured nothing");
        }

        @Test
        void whateverItsRegistersHoldItsFiguresKeepToItsLimitsOrItFails() {
            var random = new Random(11);
            I2C device = pi4j.i2c(0x77, chip);
            int figures = 0;
            for (int round = 0; round < 2000; round++) {
                byte[] noise = new byte[41];
                random.nextBytes(noise);
                pi4j.replace(0x77, bme280(HexFormat.of().formatHex(noise)));
                try {
                    var air = new Bme280("air", device).air();
                    figures++;
                    assertThat(air.celsius()).isBetween(-40.0, 85.0);
                    assertThat(air.pascals()).isBetween(30_000.0, 110_000.0);
                    assertThat(air.humidity()).isBetween(0.0, 1.0);
                } catch (PartException e) {
                    assertThat(e).hasMessageStartingWith("air: ");
                }
            }
            assertThat(figures).isPositive();
        }
    }

    @Nested
    class MotionByAnMpu6050 extends ImuContract {

        private final FakePi4j.ByteChip chip = new FakePi4j.ByteChip().put(0x75, 0x68);
        private final Mpu6050 imu = new Mpu6050("imu", pi4j.i2c(0x68, chip));

        @Override
        protected Imu part() {
            return imu;
        }

        private void data(int... words) {
            for (int index = 0; index < words.length; index++) {
                chip.put(0x3B + 2 * index, (words[index] >> 8) & 0xFF, words[index] & 0xFF);
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
        void wakesTheChipAndSetsItsRanges() {
            assertThat(chip.registers[0x6B]).isEqualTo(0x01);
            assertThat(chip.registers[0x1B]).isEqualTo(0x08);
            assertThat(chip.registers[0x1C]).isEqualTo(0x08);
        }

        @Test
        void readsBothEndsOfItsRanges() {
            data(-32768, 32767, 1, 0, -32768, 32767, 0);

            assertThat(imu.motion().acceleration().x()).isCloseTo(-4 * 9.80665, within(1e-9));
            assertThat(imu.motion().acceleration().y()).isCloseTo(39.2254, within(1e-3));
            assertThat(imu.motion().rate().x()).isCloseTo(-500.27, within(0.01));
        }

        @Test
        void aChipThatFellAsleepIsNotStandingStill() {
            data(0, 0, 0, 0, 0, 0, 0);

            assertThatThrownBy(imu::motion)
                    .isInstanceOf(PartException.class)
                    .hasMessageContaining("asleep");
        }

        @Test
        void anotherChipAtTheAddressIsNotTakenForOne() {
            var mpu9250 = new FakePi4j.ByteChip().put(0x75, 0x71);

            assertThatThrownBy(() -> new Mpu6050("imu", pi4j.i2c(0x69, mpu9250)))
                    .hasMessageContaining("no MPU-6050");
        }
    }

    /** A chip of either kind, with a battery of 9.6 to 12.6 V and a shunt of 2 mΩ. */
    private final class Gauge {

        static final Cell CELL = new Cell(9.6, 12.6, 0.002);

        final FakePi4j.WordChip chip = new FakePi4j.WordChip();
        final InaBattery battery;

        Gauge(Chip kind) {
            chip.registers[0xFE] = 0x5449;
            battery = new InaBattery("battery", pi4j.i2c(0x40, chip), kind, CELL);
        }
    }

    @Nested
    class ABatteryBehindAnIna219 extends BatteryGaugeContract {

        private final Gauge gauge = new Gauge(Chip.INA219);

        @Override
        protected BatteryGauge part() {
            gauge.chip.registers[1] = 500;
            gauge.chip.registers[2] = (int) (11.1 / 0.004) << 3;
            return gauge.battery;
        }

        @Override
        protected void drain() {
            gauge.chip.registers[2] = (int) (10.2 / 0.004) << 3;
        }

        @Override
        protected void connect() {
            gauge.chip.registers[1] = -500 & 0xFFFF;
        }

        /** Table 8 of SBOS448G: 20 mV across 2 mΩ is 10 A, and 0x5D98 is 11.98 V. */
        @Test
        void givesTheFiguresOfTheDataSheetsExample() {
            gauge.chip.registers[1] = 0x07D0;
            gauge.chip.registers[2] = 0x5D98;

            assertThat(gauge.battery.volts()).isCloseTo(11.98, within(1e-9));
            assertThat(gauge.battery.amperes()).isCloseTo(10, within(1e-9));
        }

        /** Negative full scale at gain ÷8, as section 8.6.3.1 of SBOS448G has it. */
        @Test
        void readsTheShuntsVoltageInTwosComplement() {
            gauge.chip.registers[1] = 0x8300;

            assertThat(gauge.battery.amperes()).isCloseTo(-0.32 / 0.002, within(1e-9));
        }

        @Test
        void setsTheChipToMeasureAllTheTime() {
            assertThat(gauge.chip.registers[0]).isEqualTo(0x399F);
        }
    }

    @Nested
    class ABatteryBehindAnIna226 extends BatteryGaugeContract {

        private final Gauge gauge = new Gauge(Chip.INA226);

        @Override
        protected BatteryGauge part() {
            gauge.chip.registers[1] = 2000;
            gauge.chip.registers[2] = (int) (11.1 / 0.00125);
            return gauge.battery;
        }

        @Override
        protected void drain() {
            gauge.chip.registers[2] = (int) (10.2 / 0.00125);
        }

        @Override
        protected void connect() {
            gauge.chip.registers[1] = -2000 & 0xFFFF;
        }

        /** Table 1 of SBOS547A: 0x1F40 across 2 mΩ is 10 A, and 0x2570 is 11.98 V. */
        @Test
        void givesTheFiguresOfTheDataSheetsExample() {
            gauge.chip.registers[1] = 0x1F40;
            gauge.chip.registers[2] = 0x2570;

            assertThat(gauge.battery.volts()).isCloseTo(11.98, within(1e-9));
            assertThat(gauge.battery.amperes()).isCloseTo(10, within(1e-9));
        }

        @Test
        void anotherMakersChipIsNotTakenForOne() {
            assertThatThrownBy(() ->
                            new InaBattery(
                                    "battery",
                                    pi4j.i2c(0x45, new FakePi4j.WordChip()),
                                    Chip.INA226,
                                    Gauge.CELL))
                    .hasMessageContaining("no INA226");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGaugeThatIsGoneHasFailedAndIsNotEmpty(Chip kind) {
        var gauge = new Gauge(kind);
        var gone = new InaBattery("spare", pi4j.i2c(0x44, gauge.chip), kind, Gauge.CELL);
        pi4j.unplug(0x44);

        assertThatThrownBy(gone::charge)
                .isInstanceOf(PartException.class)
                .hasMessageStartingWith("spare: read register 0x02: ")
                .hasMessageContaining("No such device");
    }

    @Test
    void aChipThatBreaksOffInTheMiddleHasFailed() {
        var short1 =
                new FakePi4j.ByteChip() {
                    @Override
                    public byte[] read(int register, int length) {
                        return Arrays.copyOf(super.read(register, length), Math.min(length, 5));
                    }
                };
        short1.put(0x75, 0x68).put(0x3B, 1);
        var imu = new Mpu6050("imu", pi4j.i2c(0x68, short1));

        assertThatThrownBy(imu::motion)
                .isInstanceOf(PartException.class)
                .hasMessageContaining("5 of 14 bytes");
    }

    @Nested
    class PulsesByAPca9685 {

        private final FakePi4j.ByteChip chip = new FakePi4j.ByteChip();

        /** Section 7.3.5 of the data sheet: 200 Hz of the 25 MHz clock is a prescale of 0x1E. */
        @ParameterizedTest
        @CsvSource({"200,30", "50,121", "1526,3", "24,253"})
        void setsTheFrequencyAsTheDataSheetDoes(int hertz, int prescale) {
            new Pca9685("hat", pi4j.i2c(0x41, chip), hertz);

            assertThat(chip.registers[0xFE]).isEqualTo(prescale);
            assertThat(chip.registers[0x00] & 0x10).as("asleep").isZero();
        }

        @Test
        void setsThePrescaleWhileTheChipSleepsAndOnlyThen() {
            var seen = new int[1];
            var watched =
                    new FakePi4j.ByteChip() {
                        @Override
                        public void write(int register, byte[] values) {
                            if (register == 0xFE) {
                                seen[0] = registers[0];
                            }
                            super.write(register, values);
                        }
                    };

            new Pca9685("hat", pi4j.i2c(0x41, watched), 50);

            assertThat(seen[0] & 0x10).isEqualTo(0x10);
        }

        @ParameterizedTest
        @CsvSource({"0,0,16", "10000000,0,8", "5000000,0,4", "1500000,51,1"})
        void countsThePulse(long nanos, int low, int high) {
            Pulses pulses = new Pca9685("hat", pi4j.i2c(0x41, chip), 50).channel(3);

            pulses.width(nanos);

            assertThat(pulses.periodNanos()).isCloseTo(20_000_000L, within(50_000L));
            assertThat(chip.registers[0x06 + 12 + 2]).isCloseTo(low, within(5));
            assertThat(chip.registers[0x06 + 12 + 3]).isEqualTo(high);
        }

        @Test
        void endsEveryChannelWhenItIsTakenOver() {
            new Pca9685("hat", pi4j.i2c(0x41, chip), 50);

            assertThat(chip.registers[0xFD]).isEqualTo(0x10);
        }

        @Test
        void refusesWhatTheChipCannotDo() {
            assertThatThrownBy(() -> new Pca9685("hat", pi4j.i2c(0x41, chip), 20_000))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("24..1526 Hz");
            var expander = new Pca9685("hat", pi4j.i2c(0x42, chip), 50);
            assertThatThrownBy(() -> expander.channel(16)).hasMessageContaining("0..15");
            assertThatThrownBy(() -> expander.channel(0).width(30_000_000))
                    .hasMessageContaining("a pulse lies within");
        }
    }

    /** A VL53L0X that answers as far as starting it and reading it needs. */
    static final class Laser implements FakePi4j.Chip {

        final int[][] pages = new int[256][256];
        int page;
        boolean silent;

        Laser() {
            pages[0][0xC0] = 0xEE;
            pages[7][0x92] = 0x85;
            Arrays.fill(pages[0], 0xB0, 0xB6, 0xFF);
            pages[1][0x91] = 0x3C;
        }

        void result(int status, int millimeters) {
            pages[0][0x14] = status << 3;
            pages[0][0x1E] = millimeters >> 8;
            pages[0][0x1F] = millimeters & 0xFF;
            pages[0][0x13] = silent ? 0 : 4;
        }

        @Override
        public byte[] read(int register, int length) {
            byte[] bytes = new byte[length];
            for (int index = 0; index < length; index++) {
                bytes[index] = (byte) pages[page][register + index];
            }
            return bytes;
        }

        @Override
        public void write(int register, byte[] values) {
            for (int index = 0; index < values.length; index++) {
                write(register + index, Byte.toUnsignedInt(values[index]));
            }
        }

        private void write(int register, int value) {
            if (register == 0xFF) {
                page = value;
                return;
            }
            pages[page][register] = value;
            if (page == 7 && register == 0x83 && value == 0 && !silent) {
                pages[7][0x83] = 1;
            }
            if (page == 0 && register == 0x00 && (value & 1) != 0 && !silent) {
                pages[0][0x13] = 4;
            }
            if (page == 0 && register == 0x0B) {
                pages[0][0x13] = 0;
            }
        }
    }

    @Nested
    class RangeByAVl53l0x extends RangeSensorContract {

        private final SteppedTime time = new SteppedTime();
        private final Laser chip = new Laser();
        private final Vl53l0x sensor = new Vl53l0x("front", pi4j.i2c(0x29, chip), 1.2, time);

        @Override
        protected RangeSensor part() {
            return sensor;
        }

        @Override
        protected void target(double meters) {
            chip.result(11, (int) Math.round(meters * 1000));
        }

        @Override
        protected void nothingInReach() {
            chip.result(4, 8190);
        }

        @Override
        protected double accuracy() {
            return 0.001;
        }

        @Test
        void startsMeasuringAllTheTimeOnItsFirstPage() {
            assertThat(chip.page).isZero();
            assertThat(chip.pages[0][0x00]).isEqualTo(0x02);
            assertThat(chip.pages[0][0x01]).isEqualTo(0xE8);
            assertThat(chip.pages[1][0x91]).isEqualTo(0x3C);
        }

        /** Five SPADs with apertures, of which the first is number 12. */
        @Test
        void switchesOnAsManySpadsAsItsMakerFoundGood() {
            assertThat(Arrays.copyOfRange(chip.pages[0], 0xB0, 0xB6))
                    .containsExactly(0x00, 0xF0, 0x01, 0x00, 0x00, 0x00);
        }

        @Test
        void repeatsItsLastMeasurementUntilItIsStale() {
            target(0.8);
            sensor.meters();

            time.advance(Duration.ofMillis(150));
            double soon = sensor.meters().orElseThrow();
            time.advance(Duration.ofMillis(150));

            assertThat(soon).isEqualTo(0.8);
            assertThatThrownBy(sensor::meters)
                    .isInstanceOf(PartException.class)
                    .hasMessageContaining("nothing new");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void aBrokenLaserIsNoFreeWay(int status) {
            chip.result(status, 0);

            assertThatThrownBy(sensor::meters)
                    .isInstanceOf(PartException.class)
                    .hasMessageContaining("laser has failed");
        }

        @Test
        void whatIsBeyondItsReachIsNoEcho() {
            target(1.5);

            assertThat(sensor.meters()).isEmpty();
        }

        @Test
        void aChipThatNeverGetsReadyHasFailed() {
            var dead = new Laser();
            dead.silent = true;

            assertThatThrownBy(() -> new Vl53l0x("front", pi4j.i2c(0x30, dead), 1.2, time))
                    .isInstanceOf(PartException.class)
                    .hasMessageContaining("was not done within");
        }
    }
}
