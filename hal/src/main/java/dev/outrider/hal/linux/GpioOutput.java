package dev.outrider.hal.linux;

/** A GPIO line this process drives. Setting it allocates nothing. */
public final class GpioOutput implements AutoCloseable {

    private final Descriptor line;
    private final GpioValues values;

    GpioOutput(Descriptor line) {
        this.line = line;
        this.values = new GpioValues(line);
    }

    public void set(boolean value) {
        values.set(value);
    }

    /** The value it drives. */
    public boolean value() {
        return values.get();
    }

    /** Gives the line back. What it does then is up to the chip: some fall, some stay driven. */
    @Override
    public void close() {
        line.close();
    }
}
