package dev.outrider.hal.device;

import com.pi4j.io.gpio.digital.DigitalOutput;
import dev.outrider.hal.Timebase;
import dev.outrider.hal.linux.EdgeListener;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.PartSheet;
import dev.outrider.hal.part.RangeSensor;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * An HC-SR04 ultrasonic range finder: a pulse on its trigger line sends a click, and its echo line
 * is high for as long as the click is under way, timed by the kernel's stamps of both edges. It
 * clicks at most every 60 ms, so that old echoes die away; asked sooner, it repeats what it
 * measured last. Sound is taken for 343.2 m/s, as in air of 20 °C.
 */
public final class HcSr04 implements RangeSensor {

    /** Its reach by the data sheet. */
    public static final double REACH_METERS = 4;

    private static final double METERS_A_NANO = 343.2e-9 / 2;
    private static final double LEAST_METERS = 0.02;
    private static final Duration TRIGGER = Duration.ofNanos(10_000);
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final long CYCLE_NANOS = Duration.ofMillis(60).toNanos();

    private final String name;
    private final DigitalOutput trigger;
    private final double reachMeters;
    private final Timebase time;
    private final Echo echo = new Echo();
    private OptionalDouble last = OptionalDouble.empty();
    private long measured;
    private boolean fresh;

    /**
     * @param echo hands on the echo line's edges to the listener from now on
     * @param reachMeters what lies further away counts as no echo
     */
    public HcSr04(
            String name,
            DigitalOutput trigger,
            Consumer<EdgeListener> echo,
            double reachMeters,
            Timebase time) {
        this.name = name;
        this.trigger = trigger;
        this.reachMeters = reachMeters;
        this.time = time;
        echo.accept(this.echo);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PartSheet sheet() {
        return PartSheet.sensor(
                "range sensor", PartSheet.measured("distance", "m", LEAST_METERS, reachMeters));
    }

    @Override
    public synchronized OptionalDouble meters() {
        if (fresh && time.nanos() - measured < CYCLE_NANOS) {
            return last;
        }
        fresh = false;
        echo.expect();
        click();
        long nanos = echo.nanos(name);
        double meters = nanos * METERS_A_NANO;
        last =
                meters <= reachMeters
                        ? OptionalDouble.of(Math.max(meters, LEAST_METERS))
                        : OptionalDouble.empty();
        measured = time.nanos();
        fresh = true;
        return last;
    }

    private void click() {
        DeviceCalls.run(
                name,
                "measure",
                () -> {
                    trigger.high();
                    LockSupport.parkNanos(TRIGGER.toNanos());
                    trigger.low();
                });
    }

    /** Times one pulse on the echo line. Edges come on the thread that tells of edges. */
    private static final class Echo implements EdgeListener {

        private boolean expected;
        private boolean risen;
        private boolean fallen;
        private boolean torn;
        private long rise;
        private long length;

        synchronized void expect() {
            expected = true;
            risen = false;
            fallen = false;
            torn = false;
        }

        @Override
        public synchronized void edge(boolean rising, long kernelNanos, int sequence, int lost) {
            if (!expected) {
                return;
            }
            torn |= lost > 0 && risen;
            if (rising && !risen) {
                risen = true;
                rise = kernelNanos;
            } else if (!rising && risen) {
                length = kernelNanos - rise;
                fallen = true;
                expected = false;
                notifyAll();
            }
        }

        synchronized long nanos(String part) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            try {
                for (long left = PATIENCE.toNanos();
                        !fallen && left > 0;
                        left = end - System.nanoTime()) {
                    wait(left / 1_000_000, (int) (left % 1_000_000));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PartException(part, "measure", "interrupted");
            }
            expected = false;
            if (!fallen || torn || length < 0) {
                throw new PartException(part, "measure", reason());
            }
            return length;
        }

        private String reason() {
            if (!risen) {
                return "the sensor gave no echo pulse within %s; is it connected?"
                        .formatted(PATIENCE);
            }
            return fallen ? "edges of the echo were lost" : "the echo line stays high";
        }
    }
}
