package dev.outrider.hal.pi4j;

import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiConfig;
import com.pi4j.io.spi.SpiProviderBase;

/** Makes SPI devices. */
final class LinuxSpiProvider extends SpiProviderBase {

    LinuxSpiProvider() {
        super("outrider-spi", "Outrider SPI");
    }

    @Override
    public Spi create(SpiConfig config) {
        var device = new LinuxSpi(this, config);
        context.registry().add(device);
        return device;
    }
}
