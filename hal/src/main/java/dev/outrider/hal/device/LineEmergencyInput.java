package dev.outrider.hal.device;

import com.pi4j.io.gpio.digital.DigitalInput;
import dev.outrider.hal.safety.EmergencyInput;

/**
 * The emergency stop circuit on a line: a normally-closed contact to ground with a pull-up, so that
 * the line is high when the button is pressed or the wire is cut.
 */
public record LineEmergencyInput(DigitalInput line) implements EmergencyInput {

    @Override
    public boolean open() {
        return !line.isLow();
    }
}
