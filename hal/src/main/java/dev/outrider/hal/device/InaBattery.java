package dev.outrider.hal.device;

import com.pi4j.io.i2c.I2C;
import dev.outrider.hal.part.BatteryGauge;

/**
 * A battery behind one of Texas Instruments' current monitors. The charge is read off the voltage,
 * on a straight line between empty and full, which is rough while the robot drives. Power comes
 * from outside when current flows into the battery.
 */
public final class InaBattery implements BatteryGauge {

    /** The two chips, which differ in the value of a step and in where the voltage's bits lie. */
    public enum Chip {
        /** Data sheet SBOS448G: shunt ±320 mV in steps of 10 µV, bus 32 V in steps of 4 mV. */
        INA219(0x399F, 10e-6, 4e-3, 3),

        /** Data sheet SBOS547A: shunt ±81.92 mV in steps of 2.5 µV, bus in steps of 1.25 mV. */
        INA226(0x4127, 2.5e-6, 1.25e-3, 0);

        private final int configuration;
        private final double shuntVoltsAStep;
        private final double busVoltsAStep;
        private final int busShift;

        Chip(int configuration, double shuntVoltsAStep, double busVoltsAStep, int busShift) {
            this.configuration = configuration;
            this.shuntVoltsAStep = shuntVoltsAStep;
            this.busVoltsAStep = busVoltsAStep;
            this.busShift = busShift;
        }
    }

    /**
     * What is measured.
     *
     * @param emptyVolts voltage of a battery that must be charged
     * @param fullVolts voltage of a full one
     * @param shuntOhms of the resistor the current flows through
     */
    public record Cell(double emptyVolts, double fullVolts, double shuntOhms) {

        public Cell {
            if (!(emptyVolts > 0) || !(fullVolts > emptyVolts) || !(shuntOhms > 0)) {
                throw new IllegalArgumentException(
                        "a full battery has more volts than an empty one, and a shunt has ohms");
            }
        }
    }

    private static final int CONFIGURATION = 0x00;
    private static final int SHUNT_VOLTAGE = 0x01;
    private static final int BUS_VOLTAGE = 0x02;
    private static final int MANUFACTURER = 0xFE;
    private static final int TEXAS_INSTRUMENTS = 0x5449;
    private static final double CHARGING_VOLTS = 50e-6;

    private final String name;
    private final Registers registers;
    private final Chip chip;
    private final Cell cell;

    /** Sets the chip to measure all the time, as it does after power-up. */
    public InaBattery(String name, I2C device, Chip chip, Cell cell) {
        this.name = name;
        this.registers = new Registers(name, device);
        this.chip = chip;
        this.cell = cell;
        if (chip == Chip.INA226) {
            registers.requireIdentity(
                    chip.name(), registers.unsigned16(MANUFACTURER), TEXAS_INSTRUMENTS);
        }
        registers.write16(CONFIGURATION, chip.configuration);
    }

    @Override
    public String name() {
        return name;
    }

    /** The battery's voltage. */
    public double volts() {
        return (registers.unsigned16(BUS_VOLTAGE) >> chip.busShift) * chip.busVoltsAStep;
    }

    /** The current out of the battery; negative while it is charged. */
    public double amperes() {
        return shuntVolts() / cell.shuntOhms;
    }

    private double shuntVolts() {
        return registers.signed16(SHUNT_VOLTAGE) * chip.shuntVoltsAStep;
    }

    @Override
    public double charge() {
        double share = (volts() - cell.emptyVolts) / (cell.fullVolts - cell.emptyVolts);
        return Math.clamp(share, 0, 1);
    }

    @Override
    public boolean external() {
        return shuntVolts() < -CHARGING_VOLTS;
    }
}
