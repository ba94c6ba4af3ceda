package dev.outrider.hal.pi4j;

import com.pi4j.context.Context;
import com.pi4j.extension.Plugin;
import com.pi4j.extension.PluginService;

/**
 * Brings the Linux providers to Pi4J. Loaded by {@link java.util.ServiceLoader}.
 *
 * <p>Bus 0 of a digital input or output means the chip whose lines are on the board's header: the
 * one labelled by the context property {@value GpioLines#CHIP_PROPERTY}, or a known header chip, or
 * {@code /dev/gpiochip0}. Other bus numbers are those of {@code /dev/gpiochip}. PWM belongs to the
 * device named by the context property {@value LinuxPwmProvider#PARENT_PROPERTY} if that is set,
 * and to the chip's number otherwise.
 */
public final class LinuxPlugin implements Plugin {

    private final GpioLines lines = new GpioLines();

    @Override
    public void initialize(PluginService service) {
        service.register(
                new LinuxDigitalInputProvider(lines),
                new LinuxDigitalOutputProvider(lines),
                new LinuxPwmProvider(),
                new LinuxI2cProvider(),
                new LinuxSpiProvider());
    }

    @Override
    public void shutdown(Context context) {
        lines.close();
    }
}
