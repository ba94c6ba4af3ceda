package dev.outrider.hal.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.pwm.Pwm;
import com.pi4j.io.pwm.PwmBase;
import com.pi4j.io.pwm.PwmConfig;
import com.pi4j.io.pwm.PwmPolarity;
import com.pi4j.io.pwm.PwmProvider;
import com.pi4j.io.pwm.PwmType;
import dev.outrider.hal.linux.PwmChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A channel of a PWM chip. Switched off and given back when shut down, after its shutdown value.
 */
final class LinuxPwm extends PwmBase implements PulsePwm {

    private static final long SECOND = 1_000_000_000L;
    private static final int WHOLE = 100;

    private @Nullable PwmChannel channel;
    private long pulseNanos;

    LinuxPwm(PwmProvider provider, PwmConfig config) {
        super(provider, config);
    }

    @Override
    public Pwm initialize(Context context) throws InitializeException {
        requireSupported();
        try {
            channel = open(context);
        } catch (RuntimeException e) {
            throw new InitializeException(e);
        }
        super.initialize(context);
        pulseNanos = pulse(dutyCycle);
        return this;
    }

    private void requireSupported() throws InitializeException {
        if (config.pwmType() == PwmType.SOFTWARE) {
            throw new InitializeException(
                    "%s: PWM by software is not precise enough for motors; use a hardware channel"
                            .formatted(config.id()));
        }
        if (config.polarity() == PwmPolarity.INVERSED) {
            throw new InitializeException(
                    "%s: inverted PWM is not supported; invert the duty cycle instead"
                            .formatted(config.id()));
        }
    }

    private PwmChannel open(Context context) {
        String parent = context.properties().get(LinuxPwmProvider.PARENT_PROPERTY);
        if (parent != null) {
            return PwmChannel.open(parent, config.channel());
        }
        int chip = config.chip() == null ? 0 : config.chip();
        return PwmChannel.open(Path.of("/sys/class/pwm/pwmchip" + chip), config.channel());
    }

    private PwmChannel opened() {
        PwmChannel open = channel;
        if (open == null) {
            throw new IOException(config.id() + " has been shut down");
        }
        return open;
    }

    private long period() {
        return SECOND / frequency;
    }

    private long pulse(int percent) {
        return period() * percent / WHOLE;
    }

    private void apply() {
        if (onState) {
            opened().set(period(), pulseNanos);
        }
    }

    @Override
    public Pwm on() {
        opened().set(period(), pulseNanos);
        opened().enable();
        onState = true;
        return this;
    }

    @Override
    public Pwm off() {
        if (opened().enabled()) {
            opened().disable();
        }
        onState = false;
        return this;
    }

    @Override
    public void setDutyCycle(Integer percent) {
        super.setDutyCycle(percent);
        pulseNanos = pulse(dutyCycle);
        apply();
    }

    @Override
    public void setFrequency(int hertz) {
        if (hertz < 1) {
            throw new IOException("a frequency is one hertz at least, not " + hertz);
        }
        super.setFrequency(hertz);
        pulseNanos = pulse(dutyCycle);
        apply();
    }

    @Override
    public int getActualFrequency() {
        long periodNanos = opened().periodNanos();
        return periodNanos == 0 ? 0 : Math.toIntExact(SECOND / periodNanos);
    }

    @Override
    public void pulseNanos(long nanos) {
        if (nanos < 0 || nanos > period()) {
            throw new IOException(
                    "a pulse lies within 0..%d ns, not %d".formatted(period(), nanos));
        }
        pulseNanos = nanos;
        dutyCycle = Math.toIntExact(Math.round((double) nanos * WHOLE / period()));
        if (onState) {
            opened().duty(nanos);
        }
    }

    @Override
    public long pulseNanos() {
        return opened().dutyNanos();
    }

    @Override
    public Pwm shutdownInternal(Context context) throws ShutdownException {
        PwmChannel open = channel;
        if (open == null) {
            return this;
        }
        try {
            return super.shutdownInternal(context);
        } finally {
            channel = null;
            open.close();
        }
    }
}
