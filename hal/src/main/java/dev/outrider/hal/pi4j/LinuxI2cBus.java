package dev.outrider.hal.pi4j;

import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBusBase;
import com.pi4j.io.i2c.I2CConfig;
import java.util.concurrent.Callable;

/** Lets one action at a time onto a bus. */
final class LinuxI2cBus extends I2CBusBase {

    LinuxI2cBus(I2CConfig config) {
        super(config);
    }

    @Override
    public <R> R execute(I2C device, Callable<R> action) {
        return _execute(device, action);
    }
}
