package dev.outrider.hal.device;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputBase;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBase;
import com.pi4j.io.i2c.I2CBusBase;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.io.i2c.I2CProviderBase;
import com.pi4j.io.pwm.Pwm;
import com.pi4j.io.pwm.PwmBase;
import com.pi4j.io.pwm.PwmConfig;
import com.pi4j.io.pwm.PwmProvider;
import com.pi4j.io.pwm.PwmProviderBase;
import com.pi4j.io.pwm.PwmType;
import dev.outrider.hal.pi4j.PulsePwm;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A Pi4J whose lines, pulses and chips are made of memory. */
public final class FakePi4j implements AutoCloseable {

    /** What sits at an address; the registers after the first follow by themselves. */
    public interface Chip {

        /** Reads from a register on. Fewer bytes than asked for are a chip that breaks off. */
        byte[] read(int register, int length);

        void write(int register, byte[] values);
    }

    /** A chip of 256 registers of one byte. */
    public static class ByteChip implements Chip {

        public final int[] registers = new int[256];

        @Override
        public byte[] read(int register, int length) {
            byte[] bytes = new byte[length];
            for (int index = 0; index < length; index++) {
                bytes[index] = (byte) registers[(register + index) & 0xFF];
            }
            return bytes;
        }

        @Override
        public void write(int register, byte[] values) {
            for (int index = 0; index < values.length; index++) {
                registers[(register + index) & 0xFF] = Byte.toUnsignedInt(values[index]);
            }
        }

        public ByteChip put(int register, int... values) {
            System.arraycopy(values, 0, registers, register, values.length);
            return this;
        }
    }

    /** A chip of registers of two bytes, the high one first. */
    public static final class WordChip implements Chip {

        public final int[] registers = new int[256];

        @Override
        public byte[] read(int register, int length) {
            int word = registers[register];
            return Arrays.copyOf(new byte[] {(byte) (word >> 8), (byte) word}, length);
        }

        @Override
        public void write(int register, byte[] values) {
            registers[register] = Registers.unsigned16(values, 0);
        }
    }

    private final Map<Integer, Chip> chips = new HashMap<>();
    private final Map<Integer, Input> inputs = new HashMap<>();
    public final Context context =
            Pi4J.newContextBuilder()
                    .noAutoDetectProviders()
                    .noAutoDetectPlatforms()
                    .add(new I2cs(), new Inputs(), new Outputs(), new Pwms())
                    .build();

    @Override
    public void close() {
        context.shutdown();
    }

    /** A device at an address of bus 1 with that chip behind it. */
    public I2C i2c(int address, Chip chip) {
        chips.put(address, chip);
        return context.create(I2C.newConfigBuilder(context).bus(1).device(address).build());
    }

    /** Puts another chip behind the devices at an address. */
    public void replace(int address, Chip chip) {
        chips.put(address, chip);
    }

    /** Leaves nothing at the address. */
    public void unplug(int address) {
        chips.remove(address);
    }

    public DigitalOutput output(int line) {
        return context.create(
                DigitalOutput.newConfigBuilder(context)
                        .bcm(line)
                        .initial(DigitalState.LOW)
                        .shutdown(DigitalState.LOW)
                        .build());
    }

    public DigitalInput input(int line) {
        return context.create(
                DigitalInput.newConfigBuilder(context).bcm(line).debounce(0L).build());
    }

    /** Sets an input from outside. */
    public void pull(int line, DigitalState state) {
        Objects.requireNonNull(inputs.get(line)).set(state);
    }

    public PulsePwm pwm(int channel, int hertz) {
        Pwm pwm =
                context.create(
                        Pwm.newConfigBuilder(context)
                                .channel(channel)
                                .pwmType(PwmType.HARDWARE)
                                .frequency(hertz)
                                .dutyCycle(0)
                                .build());
        return (PulsePwm) pwm;
    }

    private static final class Bus extends I2CBusBase {

        Bus(I2CConfig config) {
            super(config);
        }

        @Override
        public <R> R execute(I2C device, Callable<R> action) {
            return _execute(device, action);
        }
    }

    private final class Device extends I2CBase<Bus> {

        Device(I2CProvider provider, I2CConfig config) {
            super(provider, config, new Bus(config));
        }

        private Chip chip() {
            Chip chip = chips.get(config.device());
            if (chip == null) {
                throw new IOException(config.id() + ": No such device or address (errno 6)");
            }
            return chip;
        }

        @Override
        public int readRegister(int register) {
            return Byte.toUnsignedInt(chip().read(register, 1)[0]);
        }

        @Override
        public int readRegister(int register, byte[] buffer, int offset, int length) {
            byte[] bytes = chip().read(register, length);
            System.arraycopy(bytes, 0, buffer, offset, bytes.length);
            return bytes.length;
        }

        @Override
        public int readRegister(byte[] register, byte[] buffer, int offset, int length) {
            return readRegister(Byte.toUnsignedInt(register[0]), buffer, offset, length);
        }

        @Override
        public int writeRegister(int register, byte value) {
            chip().write(register, new byte[] {value});
            return 1;
        }

        @Override
        public int writeRegister(int register, byte[] data, int offset, int length) {
            chip().write(register, Arrays.copyOfRange(data, offset, offset + length));
            return length;
        }

        @Override
        public int writeRegister(byte[] register, byte[] data, int offset, int length) {
            return writeRegister(Byte.toUnsignedInt(register[0]), data, offset, length);
        }

        @Override
        public int read() {
            throw new IOException("the parts under test read registers only");
        }

        @Override
        public int write(byte value) {
            throw new IOException("the parts under test write registers only");
        }

        @Override
        public void writeThenRead(
                byte @Nullable [] written,
                int writeOffset,
                int writeLength,
                int readDelayNanos,
                byte @Nullable [] read,
                int readOffset,
                int readLength) {
            throw new IOException("the parts under test use registers only");
        }
    }

    private final class I2cs extends I2CProviderBase {

        I2cs() {
            super("fake-i2c", "I2C of memory");
        }

        @Override
        public I2C create(I2CConfig config) {
            var device = new Device(this, config);
            context.registry().add(device);
            return device;
        }
    }

    private static final class Input extends DigitalInputBase {

        private DigitalState state = DigitalState.LOW;

        Input(DigitalInputProvider provider, DigitalInputConfig config) {
            super(provider, config);
        }

        @Override
        public DigitalState state() {
            return state;
        }

        void set(DigitalState wanted) {
            state = wanted;
            dispatch(new DigitalStateChangeEvent<>(this, wanted));
        }
    }

    private final class Inputs extends DigitalInputProviderBase {

        Inputs() {
            super("fake-input", "inputs of memory");
        }

        @Override
        public DigitalInput create(DigitalInputConfig config) {
            var input = new Input(this, config);
            inputs.put(config.bcm(), input);
            context.registry().add(input);
            return input;
        }
    }

    private static final class Output extends DigitalOutputBase {

        Output(DigitalOutputProvider provider, DigitalOutputConfig config) {
            super(provider, config);
            state = DigitalState.LOW;
        }
    }

    private static final class Outputs extends DigitalOutputProviderBase {

        Outputs() {
            super("fake-output", "outputs of memory");
        }

        @Override
        public DigitalOutput create(DigitalOutputConfig config) {
            var output = new Output(this, config);
            context.registry().add(output);
            return output;
        }
    }

    private static final class Train extends PwmBase implements PulsePwm {

        private long nanos;

        Train(PwmProvider provider, PwmConfig config) {
            super(provider, config);
        }

        @Override
        public Pwm on() {
            onState = true;
            return this;
        }

        @Override
        public Pwm off() {
            onState = false;
            return this;
        }

        @Override
        public int getActualFrequency() {
            return frequency;
        }

        @Override
        public void pulseNanos(long wanted) {
            if (wanted < 0 || wanted > 1_000_000_000L / frequency) {
                throw new IOException("a pulse lies within the period, not " + wanted);
            }
            nanos = wanted;
        }

        @Override
        public long pulseNanos() {
            return nanos;
        }
    }

    private static final class Pwms extends PwmProviderBase {

        Pwms() {
            super("fake-pwm", "pulses of memory");
        }

        @Override
        public Pwm create(PwmConfig config) {
            var pwm = new Train(this, config);
            context.registry().add(pwm);
            return pwm;
        }
    }
}
