package dev.outrider.hal.linux;

/** What pulls an input while nothing drives it. */
public enum GpioBias {
    AS_IS(0),
    DISABLED(GpioLineRequest.BIAS_DISABLED),
    PULL_UP(GpioLineRequest.BIAS_PULL_UP),
    PULL_DOWN(GpioLineRequest.BIAS_PULL_DOWN);

    private final long flag;

    GpioBias(long flag) {
        this.flag = flag;
    }

    long flag() {
        return flag;
    }
}
