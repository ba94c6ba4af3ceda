package dev.outrider.hal.device;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalState;
import dev.outrider.hal.part.Encoder;

/**
 * An encoder with two signals a quarter of a period apart: four ticks a period, and the direction
 * from which of them leads. The two signals' states make a Gray code that goes 00, 10, 11, 01
 * forward; a jump by two means that edges were missed.
 */
public final class QuadratureEncoder implements Encoder {

    private static final int PHASES = 4;

    private final String name;
    private boolean first;
    private boolean second;
    private long ticks;
    private long missed;

    /**
     * Counts the edges of two inputs without debounce, of which the first leads when going forward.
     */
    public QuadratureEncoder(String name, DigitalInput first, DigitalInput second) {
        this.name = name;
        this.first = first.isHigh();
        this.second = second.isHigh();
        first.addListener(event -> edge(event.state() == DigitalState.HIGH, this.second));
        second.addListener(event -> edge(this.first, event.state() == DigitalState.HIGH));
    }

    private synchronized void edge(boolean nowFirst, boolean nowSecond) {
        int step = Math.floorMod(phase(nowFirst, nowSecond) - phase(first, second), PHASES);
        first = nowFirst;
        second = nowSecond;
        switch (step) {
            case 1 -> ticks++;
            case PHASES - 1 -> ticks--;
            default -> missed++;
        }
    }

    private static int phase(boolean first, boolean second) {
        if (second) {
            return first ? 2 : 3;
        }
        return first ? 1 : 0;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized long ticks() {
        return ticks;
    }

    /** Edges that cannot be right: too fast to be seen, or a broken wire. */
    public synchronized long missed() {
        return missed;
    }
}
