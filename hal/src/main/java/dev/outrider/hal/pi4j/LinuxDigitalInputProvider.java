package dev.outrider.hal.pi4j;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;

/** Makes digital inputs. */
final class LinuxDigitalInputProvider extends DigitalInputProviderBase {

    private final GpioLines lines;

    LinuxDigitalInputProvider(GpioLines lines) {
        super("outrider-digital-input", "Outrider digital inputs");
        this.lines = lines;
    }

    @Override
    public DigitalInput create(DigitalInputConfig config) {
        var input = new LinuxDigitalInput(this, config, lines);
        context.registry().add(input);
        return input;
    }
}
