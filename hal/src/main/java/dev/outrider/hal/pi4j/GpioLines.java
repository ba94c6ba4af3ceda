package dev.outrider.hal.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalConfig;
import dev.outrider.hal.linux.EdgePump;
import dev.outrider.hal.linux.GpioBias;
import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.GpioEdges;
import dev.outrider.hal.linux.GpioInput;
import dev.outrider.hal.linux.GpioOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks for lines of the chip a Pi4J configuration means, and shares one edge pump among inputs. */
final class GpioLines implements AutoCloseable {

    static final String CHIP_PROPERTY = "outrider.gpio.chip";

    private static final String CONSUMER = "outrider";
    private static final int HEADER = 0;

    /** Raspberry Pi 5, 4, up to 3, and Jetson Orin. */
    private static final List<String> HEADER_CHIPS =
            List.of("pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835", "tegra234-gpio");

    private @Nullable EdgePump pump;

    GpioOutput output(Context context, DigitalConfig<?> config, boolean initial) {
        try (GpioChip chip = chip(context, config)) {
            return chip.output(config.bcm(), consumer(config), initial);
        }
    }

    GpioInput input(Context context, DigitalConfig<?> config, GpioBias bias, Duration debounce) {
        try (GpioChip chip = chip(context, config)) {
            return chip.input(config.bcm(), consumer(config), bias, GpioEdges.BOTH, debounce);
        }
    }

    private static String consumer(DigitalConfig<?> config) {
        return config.id() == null ? CONSUMER : CONSUMER + " " + config.id();
    }

    private static GpioChip chip(Context context, DigitalConfig<?> config) {
        int bus = config.bus() == null ? HEADER : config.bus();
        if (bus != HEADER) {
            return numbered(bus);
        }
        String label = context.properties().get(CHIP_PROPERTY);
        return label == null
                ? headerChip().orElseGet(() -> numbered(HEADER))
                : GpioChip.labelled(label);
    }

    private static GpioChip numbered(int bus) {
        return GpioChip.open(Path.of("/dev/gpiochip" + bus));
    }

    private static Optional<GpioChip> headerChip() {
        return HEADER_CHIPS.stream().flatMap(label -> GpioChip.find(label).stream()).findFirst();
    }

    synchronized EdgePump pump() {
        if (pump == null) {
            pump = new EdgePump();
        }
        return pump;
    }

    @Override
    public synchronized void close() {
        if (pump != null) {
            pump.close();
            pump = null;
        }
    }
}
