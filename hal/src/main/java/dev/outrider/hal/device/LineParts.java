package dev.outrider.hal.device;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import dev.outrider.hal.part.Bumper;
import dev.outrider.hal.part.Lamp;
import dev.outrider.hal.part.LampColor;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.PartSheet;
import dev.outrider.hal.part.Relay;
import dev.outrider.hal.safety.EmergencyInput;

/** Parts that are nothing but lines which are high or low. */
public final class LineParts {

    private LineParts() {}

    /**
     * The emergency stop circuit: a normally-closed contact to ground with a pull-up, so that the
     * line is high when the button is pressed or the wire is cut.
     */
    public record EmergencyCircuit(DigitalInput line) implements EmergencyInput {

        @Override
        public boolean open() {
            return !line.isLow();
        }
    }

    /**
     * A switch that the robot runs into: a contact to ground with a pull-up. Normally closed, a cut
     * wire reads as pressed; normally open, it goes unnoticed.
     */
    public record Contact(String name, DigitalInput line, boolean normallyClosed)
            implements Bumper {

        @Override
        public boolean pressed() {
            return switch (DeviceCalls.get(name, "feel", line::state)) {
                case HIGH -> normallyClosed;
                case LOW -> !normallyClosed;
                case UNKNOWN -> throw new PartException(name, "feel", "the line cannot be read");
            };
        }
    }

    /** A relay, or anything else that a line switches. */
    public static final class Switch implements Relay {

        private final String name;
        private final DigitalOutput line;
        private final boolean activeHigh;
        private final boolean safeOn;
        private boolean on;

        /**
         * Takes over a line, and switches to the safe state.
         *
         * @param activeHigh whether the line's high switches on
         * @param safeOn whether on is the safe state
         */
        public Switch(String name, DigitalOutput line, boolean activeHigh, boolean safeOn) {
            this.name = name;
            this.line = line;
            this.activeHigh = activeHigh;
            this.safeOn = safeOn;
            rest();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public PartSheet sheet() {
            return PartSheet.actuator(
                    "relay", safeOn ? "on" : "off", PartSheet.commanded("on", "share", 0, 1));
        }

        @Override
        public synchronized void set(boolean wanted) {
            DeviceCalls.run(
                    name,
                    wanted ? "switch on" : "switch off",
                    () -> line.setState(wanted == activeHigh));
            on = wanted;
        }

        @Override
        public synchronized boolean on() {
            return on;
        }

        @Override
        public void rest() {
            set(safeOn);
        }
    }

    /** A lamp of a red, a green and a blue light that are on or off. Orange shows as yellow. */
    public static final class ThreeLights implements Lamp {

        private final String name;
        private final DigitalOutput red;
        private final DigitalOutput green;
        private final DigitalOutput blue;
        private volatile LampColor color = LampColor.OFF;

        public ThreeLights(
                String name, DigitalOutput red, DigitalOutput green, DigitalOutput blue) {
            this.name = name;
            this.red = red;
            this.green = green;
            this.blue = blue;
            rest();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void show(LampColor wanted) {
            switch (wanted) {
                case OFF -> light(false, false, false);
                case WHITE -> light(true, true, true);
                case RED -> light(true, false, false);
                case ORANGE, YELLOW -> light(true, true, false);
                case GREEN -> light(false, true, false);
                case CYAN -> light(false, true, true);
                case BLUE -> light(false, false, true);
                case PURPLE -> light(true, false, true);
            }
            color = wanted;
        }

        private void light(boolean withRed, boolean withGreen, boolean withBlue) {
            DeviceCalls.run(
                    name,
                    "show",
                    () -> {
                        red.setState(withRed);
                        green.setState(withGreen);
                        blue.setState(withBlue);
                    });
        }

        @Override
        public LampColor color() {
            return color;
        }
    }
}
