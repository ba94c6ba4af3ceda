package dev.outrider.hal.linux;

/** Hears of an input's changes. */
@FunctionalInterface
public interface EdgeListener {

    /**
     * One change, on the pump's thread; must return quickly.
     *
     * @param rising whether the line went up
     * @param kernelNanos when the kernel saw it, on the clock of {@link System#nanoTime()}
     * @param sequence its number on this line, from 1
     * @param lost changes between the last one heard and this one that nobody read in time
     */
    void edge(boolean rising, long kernelNanos, int sequence, int lost);
}
