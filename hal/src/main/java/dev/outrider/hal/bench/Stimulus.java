package dev.outrider.hal.bench;

import dev.outrider.hal.linux.GpioBias;
import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.GpioEdges;
import dev.outrider.hal.linux.GpioInput;
import dev.outrider.hal.linux.GpioOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Makes edges on an input: through gpio-sim where the chip is simulated, else through a wire. */
abstract sealed class Stimulus implements AutoCloseable {

    private boolean level;

    static Stimulus on(GpioChip chip, int input, int output) {
        Path pull =
                Path.of("/sys/bus/gpio/devices", chip.name(), "sim_gpio" + input).resolve("pull");
        Stimulus stimulus =
                Files.exists(pull) ? new Simulated(pull) : new Wired(chip, input, output);
        stimulus.level(false);
        return stimulus;
    }

    abstract void level(boolean up);

    /** Lets go of the output, so that somebody else can have it. */
    void giveBack() {}

    void takeAgain() {}

    @Override
    public void close() {}

    /** One change. */
    void edge() {
        level = !level;
        level(level);
    }

    void edges(int count, Duration pause) {
        for (int index = 0; index < count; index++) {
            if (!pause.isZero()) {
                LockSupport.parkNanos(pause.toNanos());
            }
            edge();
        }
    }

    private static final class Simulated extends Stimulus {

        private static final ByteBuffer UP = bytes("pull-up");
        private static final ByteBuffer DOWN = bytes("pull-down");
        private final FileChannel pull;

        Simulated(Path file) {
            try {
                pull = FileChannel.open(file, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static ByteBuffer bytes(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        }

        @Override
        void level(boolean up) {
            try {
                pull.write((up ? UP : DOWN).duplicate(), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                pull.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Wired extends Stimulus {

        private static final String ME = "outrider-bench";
        private final GpioChip chip;
        private final int line;
        private @Nullable GpioOutput output;

        Wired(GpioChip chip, int input, int line) {
            this.chip = chip;
            this.line = line;
            takeAgain();
            requireWire(input);
        }

        private void requireWire(int input) {
            for (boolean up : new boolean[] {true, false}) {
                level(up);
                if (read(chip, input) != up) {
                    giveBack();
                    throw new IllegalArgumentException(
                            "line %d does not follow line %d of %s: connect them with a wire"
                                    .formatted(input, line, chip.label()));
                }
            }
        }

        private static boolean read(GpioChip chip, int line) {
            try (GpioInput input =
                    chip.input(line, ME, GpioBias.AS_IS, GpioEdges.NONE, Duration.ZERO)) {
                return input.value();
            }
        }

        @Override
        void level(boolean up) {
            GpioOutput held = output;
            if (held == null) {
                throw new IllegalStateException("the output was given back");
            }
            held.set(up);
        }

        @Override
        void giveBack() {
            GpioOutput held = output;
            output = null;
            if (held != null) {
                held.close();
            }
        }

        @Override
        void takeAgain() {
            output = chip.output(line, ME, false);
        }

        @Override
        public void close() {
            giveBack();
        }
    }
}
