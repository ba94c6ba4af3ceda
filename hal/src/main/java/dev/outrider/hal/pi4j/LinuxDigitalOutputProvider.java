package dev.outrider.hal.pi4j;

import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;

/** Makes digital outputs. */
final class LinuxDigitalOutputProvider extends DigitalOutputProviderBase {

    private final GpioLines lines;

    LinuxDigitalOutputProvider(GpioLines lines) {
        super("outrider-digital-output", "Outrider digital outputs");
        this.lines = lines;
    }

    @Override
    public DigitalOutput create(DigitalOutputConfig config) {
        var output = new LinuxDigitalOutput(this, config, lines);
        context.registry().add(output);
        return output;
    }
}
