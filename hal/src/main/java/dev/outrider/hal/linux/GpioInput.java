package dev.outrider.hal.linux;

/** A GPIO line this process reads. Take it off the {@link EdgePump} before closing it. */
public final class GpioInput implements AutoCloseable {

    private final Descriptor line;
    private final GpioValues values;

    GpioInput(Descriptor line) {
        this.line = line;
        this.values = new GpioValues(line);
    }

    public boolean value() {
        return values.get();
    }

    Descriptor descriptor() {
        return line;
    }

    @Override
    public void close() {
        line.close();
    }
}
