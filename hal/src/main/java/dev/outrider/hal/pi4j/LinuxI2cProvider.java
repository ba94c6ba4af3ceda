package dev.outrider.hal.pi4j;

import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProviderBase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes I2C devices; those on one bus share its lock. */
final class LinuxI2cProvider extends I2CProviderBase {

    private final Map<Integer, LinuxI2cBus> buses = new ConcurrentHashMap<>();

    LinuxI2cProvider() {
        super("outrider-i2c", "Outrider I2C");
    }

    @Override
    public I2C create(I2CConfig config) {
        LinuxI2cBus bus = buses.computeIfAbsent(config.bus(), number -> new LinuxI2cBus(config));
        var device = new LinuxI2c(this, config, bus);
        context.registry().add(device);
        return device;
    }
}
