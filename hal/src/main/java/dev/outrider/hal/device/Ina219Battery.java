package dev.outrider.hal.device;

import com.pi4j.exception.Pi4JException;
import com.pi4j.io.i2c.I2C;
import dev.outrider.hal.part.BatteryGauge;
import dev.outrider.hal.part.PartException;
import java.util.function.IntSupplier;

/**
 * A battery behind a Texas Instruments INA219 (data sheet SBOS448G). The charge is read off the
 * voltage, on a straight line between empty and full, which is rough while the robot drives. Power
 * comes from outside when current flows into the battery.
 */
public final class Ina219Battery implements BatteryGauge {

    private static final int SHUNT_VOLTAGE = 0x01;
    private static final int BUS_VOLTAGE = 0x02;
    private static final double BUS_VOLTS_A_STEP = 0.004;
    private static final int BUS_SHIFT = 3;
    private static final double SHUNT_VOLTS_A_STEP = 10e-6;
    private static final double CHARGING_VOLTS = 50e-6;

    private final String name;
    private final I2C device;
    private final double emptyVolts;
    private final double fullVolts;

    /**
     * Reads a chip as it is after power-up: 32 V range, 320 mV shunt range, continuous.
     *
     * @param emptyVolts voltage of a battery that must be charged
     * @param fullVolts voltage of a full one
     */
    public Ina219Battery(String name, I2C device, double emptyVolts, double fullVolts) {
        if (!(emptyVolts > 0) || !(fullVolts > emptyVolts)) {
            throw new IllegalArgumentException("a full battery has more volts than an empty one");
        }
        this.name = name;
        this.device = device;
        this.emptyVolts = emptyVolts;
        this.fullVolts = fullVolts;
    }

    @Override
    public String name() {
        return name;
    }

    /** The battery's voltage. */
    public double volts() {
        int steps = read("voltage", () -> device.readRegisterWord(BUS_VOLTAGE)) >> BUS_SHIFT;
        return steps * BUS_VOLTS_A_STEP;
    }

    @Override
    public double charge() {
        return Math.clamp((volts() - emptyVolts) / (fullVolts - emptyVolts), 0, 1);
    }

    @Override
    public boolean external() {
        short steps = (short) read("current", () -> device.readRegisterWord(SHUNT_VOLTAGE));
        return steps * SHUNT_VOLTS_A_STEP < -CHARGING_VOLTS;
    }

    private int read(String attempted, IntSupplier register) {
        try {
            return register.getAsInt();
        } catch (Pi4JException e) {
            throw new PartException(name, attempted, e);
        }
    }
}
