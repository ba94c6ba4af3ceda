package dev.outrider.hal.linux;

/** Which changes of an input are reported. */
public enum GpioEdges {
    NONE(0),
    RISING(GpioLineRequest.EDGE_RISING),
    FALLING(GpioLineRequest.EDGE_FALLING),
    BOTH(GpioLineRequest.EDGE_RISING | GpioLineRequest.EDGE_FALLING);

    private final long flags;

    GpioEdges(long flags) {
        this.flags = flags;
    }

    long flags() {
        return flags;
    }
}
