package dev.outrider.hal.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import com.pi4j.io.gpio.digital.PullResistance;
import dev.outrider.hal.linux.GpioBias;
import dev.outrider.hal.linux.GpioInput;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** An input line, debounced by the kernel, whose changes are told as they come. */
final class LinuxDigitalInput extends DigitalInputBase {

    private final GpioLines lines;
    private @Nullable GpioInput line;

    LinuxDigitalInput(DigitalInputProvider provider, DigitalInputConfig config, GpioLines lines) {
        super(provider, config);
        this.lines = lines;
    }

    @Override
    public DigitalInput initialize(Context context) throws InitializeException {
        super.initialize(context);
        try {
            GpioInput taken = lines.input(context, config, bias(config.pull()), debounce());
            line = taken;
            lines.pump().add(taken, this::edge);
        } catch (RuntimeException e) {
            throw new InitializeException(e);
        }
        return this;
    }

    private Duration debounce() {
        return config.debounce() == null
                ? Duration.ZERO
                : Duration.of(config.debounce(), ChronoUnit.MICROS);
    }

    private static GpioBias bias(@Nullable PullResistance pull) {
        return switch (pull) {
            case null -> GpioBias.AS_IS;
            case OFF -> GpioBias.DISABLED;
            case PULL_DOWN -> GpioBias.PULL_DOWN;
            case PULL_UP -> GpioBias.PULL_UP;
        };
    }

    private void edge(boolean rising, long kernelNanos, int sequence, int lost) {
        dispatch(new DigitalStateChangeEvent<>(this, state(rising)));
    }

    @Override
    public DigitalState state() {
        GpioInput taken = line;
        return taken == null ? DigitalState.UNKNOWN : state(taken.value());
    }

    private static DigitalState state(boolean up) {
        return up ? DigitalState.HIGH : DigitalState.LOW;
    }

    @Override
    public DigitalInput shutdownInternal(Context context) throws ShutdownException {
        GpioInput taken = line;
        if (taken == null) {
            return this;
        }
        line = null;
        lines.pump().remove(taken);
        taken.close();
        return super.shutdownInternal(context);
    }
}
