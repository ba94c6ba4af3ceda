package dev.outrider.hal.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputBase;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import dev.outrider.hal.linux.GpioOutput;
import dev.outrider.hal.linux.LinuxException;
import org.jspecify.annotations.Nullable;

/**
 * An output line. It has its initial state, or else its shutdown state, or else low, from the
 * moment it is taken, and is given back in its shutdown state.
 */
final class LinuxDigitalOutput extends DigitalOutputBase {

    private final GpioLines lines;
    private @Nullable GpioOutput line;

    LinuxDigitalOutput(
            DigitalOutputProvider provider, DigitalOutputConfig config, GpioLines lines) {
        super(provider, config);
        this.lines = lines;
    }

    @Override
    public DigitalOutput initialize(Context context) throws InitializeException {
        DigitalState first = first();
        try {
            line = lines.output(context, config, first == DigitalState.HIGH);
        } catch (RuntimeException e) {
            throw new InitializeException(e);
        }
        state = first;
        return super.initialize(context);
    }

    private DigitalState first() {
        if (config.initialState() != null) {
            return config.initialState();
        }
        return config.shutdownState() == DigitalState.HIGH ? DigitalState.HIGH : DigitalState.LOW;
    }

    @Override
    public DigitalOutput state(DigitalState wanted) throws IOException {
        GpioOutput taken = line;
        if (taken == null) {
            throw new IOException(config.id() + " has been shut down");
        }
        if (wanted == DigitalState.UNKNOWN) {
            throw new IOException("an output is set high or low, not unknown");
        }
        try {
            taken.set(wanted == DigitalState.HIGH);
        } catch (LinuxException e) {
            throw new IOException(e.getMessage(), e);
        }
        return super.state(wanted);
    }

    @Override
    public DigitalOutput shutdownInternal(Context context) throws ShutdownException {
        GpioOutput taken = line;
        if (taken == null) {
            return this;
        }
        try {
            return super.shutdownInternal(context);
        } finally {
            line = null;
            taken.close();
        }
    }
}
