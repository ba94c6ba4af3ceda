package dev.outrider.hal;

import java.time.Duration;

record ScaledTime(double factor, long origin) implements Timebase {

    ScaledTime {
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("time factor must be above zero, not " + factor);
        }
    }

    ScaledTime(double factor) {
        this(factor, System.nanoTime());
    }

    @Override
    public long nanos() {
        return (long) ((System.nanoTime() - origin) * factor);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(Duration.ofNanos((long) (duration.toNanos() / factor)));
    }
}
