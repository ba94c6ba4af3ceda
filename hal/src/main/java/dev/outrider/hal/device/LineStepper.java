package dev.outrider.hal.device;

import com.pi4j.io.gpio.digital.DigitalOutput;
import dev.outrider.hal.Timebase;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.PartSheet;
import dev.outrider.hal.part.Stepper;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stepper motor on a driver with step, direction and enable lines, as A4988, DRV8825 and TMC2209
 * boards have: a step on each rising edge, enabled while its line is low. Its speed rises and falls
 * evenly, so that no step is lost; a step that comes late is never made up for in haste. A thread
 * of its own makes the steps between {@link #start()} and {@link #close()}; without it, call {@link
 * #advance()} whenever a step is due.
 */
public final class LineStepper implements Stepper, AutoCloseable {

    /**
     * What the motor and what it moves can do.
     *
     * @param stepsPerTurn of the shaft, with the driver's microsteps and any gear
     * @param degreesPerSecond highest speed
     * @param degreesPerSecondSquared highest change of speed
     */
    public record Travel(
            int stepsPerTurn,
            double leastDegrees,
            double mostDegrees,
            double degreesPerSecond,
            double degreesPerSecondSquared) {

        public Travel {
            if (stepsPerTurn < 1
                    || !(leastDegrees < mostDegrees)
                    || !(degreesPerSecond > 0)
                    || !(degreesPerSecondSquared > 0)) {
                throw new IllegalArgumentException("a stepper's measures must be above zero");
            }
        }

        private double steps(double degrees) {
            return degrees * stepsPerTurn / 360;
        }
    }

    private static final System.Logger LOG = System.getLogger(LineStepper.class.getName());
    private static final long IDLE = Long.MAX_VALUE;

    private final String name;
    private final DigitalOutput step;
    private final DigitalOutput direction;
    private final DigitalOutput enable;
    private final Travel travel;
    private final boolean holds;
    private final Timebase time;
    private long position;
    private long target;
    private int heading;
    private double squaredRate;
    private long due = IDLE;
    private boolean closed;
    private @Nullable PartException failure;
    private Thread thread = Thread.currentThread();

    /**
     * Takes over three lines.
     *
     * @param holds whether the motor is held at rest, instead of being let go
     */
    public LineStepper(
            String name,
            DigitalOutput step,
            DigitalOutput direction,
            DigitalOutput enable,
            Travel travel,
            boolean holds,
            Timebase time) {
        this.name = name;
        this.step = step;
        this.direction = direction;
        this.enable = enable;
        this.travel = travel;
        this.holds = holds;
        this.time = time;
        rest();
    }

    /** Makes the steps on a thread of their own from now on. */
    public LineStepper start() {
        thread = Thread.ofPlatform().name("stepper-" + name).daemon().start(this::run);
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PartSheet sheet() {
        return PartSheet.actuator(
                "stepper",
                holds ? "stops and holds" : "stops and lets go",
                PartSheet.commanded("angle", "°", travel.leastDegrees, travel.mostDegrees));
    }

    @Override
    public synchronized void turnTo(double degrees) {
        if (!sheet().quantity("angle").holds(degrees)) {
            throw new IllegalArgumentException(
                    "%s turns within %s..%s°, not to %s"
                            .formatted(name, travel.leastDegrees, travel.mostDegrees, degrees));
        }
        if (failure != null) {
            throw new PartException(name, "turn", failure);
        }
        DeviceCalls.run(name, "turn", enable::low);
        target = Math.round(travel.steps(degrees));
        if (due == IDLE && target != position) {
            due = time.nanos();
        }
        notifyAll();
    }

    @Override
    public synchronized double degrees() {
        return position * 360.0 / travel.stepsPerTurn;
    }

    @Override
    public synchronized boolean moving() {
        return due != IDLE;
    }

    @Override
    public synchronized void rest() {
        target = position;
        squaredRate = 0;
        due = IDLE;
        DeviceCalls.run(name, "rest", () -> enable.setState(!holds));
    }

    /**
     * Makes the step that is due, if one is.
     *
     * @return when the next one is, on the time base; the end of time for never
     */
    synchronized long advance() {
        if (time.nanos() >= due) {
            double interval = next();
            due = interval == 0 ? IDLE : time.nanos() + Math.round(interval * 1e9);
        }
        return due;
    }

    /** Makes one step and says how long to wait for the next, in seconds; 0 when arrived. */
    private double next() {
        double change = 2 * travel.steps(travel.degreesPerSecondSquared);
        double most = travel.steps(travel.degreesPerSecond);
        if (position == target && squaredRate <= change) {
            squaredRate = 0;
            return 0;
        }
        int wanted = Long.signum(target - position);
        if (squaredRate <= change && wanted != heading) {
            heading = wanted;
            squaredRate = 0;
            DeviceCalls.run(name, "turn", () -> direction.setState(wanted > 0));
        }
        boolean slower = wanted != heading || squaredRate / change >= Math.abs(target - position);
        squaredRate =
                slower
                        ? Math.max(change, squaredRate - change)
                        : Math.min(most * most, squaredRate + change);
        DeviceCalls.run(name, "step", this::pulse);
        position += heading;
        return 1 / Math.sqrt(squaredRate);
    }

    private void pulse() {
        step.high();
        step.low();
    }

    private void run() {
        try {
            while (await()) {
                long left = advance() - time.nanos();
                if (left > 0) {
                    time.sleep(Duration.ofNanos(Math.min(left, Duration.ofMillis(1).toNanos())));
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "stepper closed");
        } catch (PartException e) {
            LOG.log(Level.ERROR, "a stepper cannot be stepped any more", e);
            fail(e);
        }
    }

    private synchronized void fail(PartException cause) {
        failure = cause;
        due = IDLE;
    }

    /** Waits until there is something to do; false once closed. */
    private synchronized boolean await() throws InterruptedException {
        while (due == IDLE && !closed) {
            wait();
        }
        return !closed;
    }

    /** Stops where it is and ends its thread. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (!thread.equals(Thread.currentThread())) {
            thread.interrupt();
        }
        rest();
    }
}
