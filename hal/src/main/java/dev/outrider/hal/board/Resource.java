package dev.outrider.hal.board;

import java.nio.file.Path;
import java.util.Locale;

/** Something of a machine's that a part takes for itself. */
public sealed interface Resource {

    /**
     * A GPIO line.
     *
     * @param chip the chip's label
     * @param line its number on the chip, or its name
     */
    record Line(String chip, String line) implements Resource {
        @Override
        public String toString() {
            return "line %s of %s".formatted(line, chip);
        }
    }

    /** Where pulses come from. */
    sealed interface PulseSource extends Resource {}

    /**
     * A PWM channel of the kernel's.
     *
     * @param parent the device its chip belongs to
     */
    record Pwm(String parent, int channel) implements PulseSource {
        @Override
        public String toString() {
            return "PWM channel %d of %s".formatted(channel, parent);
        }
    }

    /** A channel of a PCA9685. */
    record ExpanderChannel(Expander expander, int channel) implements PulseSource {
        @Override
        public String toString() {
            return "channel %d of %s".formatted(channel, expander);
        }
    }

    /**
     * A PCA9685.
     *
     * @param hertz the frequency of all its channels
     */
    record Expander(String name, I2cChip chip, int hertz) implements Resource {
        @Override
        public String toString() {
            return "expander %s (%s)".formatted(name, chip);
        }
    }

    /** A chip on an I2C bus. */
    record I2cChip(int bus, int address) implements Resource {

        /** The bus's device file. */
        public Path device() {
            return Path.of("/dev/i2c-" + bus);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "address 0x%02x of I2C bus %d", address, bus);
        }
    }

    /** A serial line, by its device file. */
    record Serial(Path device) implements Resource {
        @Override
        public String toString() {
            return "serial line " + device;
        }
    }

    /** A controller on a CAN network, such as {@code can0}. */
    record CanNode(String network, int id) implements Resource {
        @Override
        public String toString() {
            return "node %d of CAN network %s".formatted(id, network);
        }
    }

    /** A watchdog, by its device file. */
    record Watchdog(Path device) implements Resource {
        @Override
        public String toString() {
            return "watchdog " + device;
        }
    }
}
