package dev.outrider.hal.safety;

import dev.outrider.hal.Failures;
import dev.outrider.hal.Timebase;
import dev.outrider.hal.part.Part;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Checks the physical emergency stop and every lease, once a period, on a thread of its own between
 * {@link #start()} and {@link #close()}. A check that fails engages the emergency stop. With
 * stepped time, call {@link #check()} at every step instead of starting it.
 */
public final class SafetyLoop implements AutoCloseable {

    /** Time between two checks. */
    public static final Duration PERIOD = Duration.ofMillis(10);

    private static final System.Logger LOG = System.getLogger(SafetyLoop.class.getName());

    private final EmergencyStop stop;
    private final Timebase time;
    private final List<Lease> leases = new CopyOnWriteArrayList<>();
    private final List<Runnable> healthy = new CopyOnWriteArrayList<>();
    private @Nullable Thread thread;

    public SafetyLoop(EmergencyStop stop, Timebase time) {
        this.stop = stop;
        this.time = time;
    }

    /** A lease this loop checks; it runs from its first refresh. */
    public Lease lease(Part part, Duration length) {
        var lease = new Lease(part, time, length);
        leases.add(lease);
        return lease;
    }

    /** Runs the step after every check that found nothing wrong, such as feeding a watchdog. */
    public void whenHealthy(Runnable step) {
        healthy.add(step);
    }

    /** One check of everything. */
    public void check() {
        stop.poll();
        var failures = new Failures();
        leases.forEach(lease -> failures.attempt(lease::check));
        failures.rethrow();
        healthy.forEach(Runnable::run);
    }

    /** Starts checking; does nothing if already started. */
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().name("safety").daemon().start(this::run);
        }
    }

    /** Stops checking and waits for the check under way. */
    @Override
    public synchronized void close() {
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    private void run() {
        try {
            while (true) {
                checkOrStop();
                time.sleep(PERIOD);
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "safety loop closed");
        }
    }

    private void checkOrStop() {
        try {
            check();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a safety check failed, the emergency stop is engaged", e);
            engage("a safety check failed: " + e.getMessage());
        }
    }

    private void engage(String why) {
        try {
            stop.engage("safety loop", why);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the emergency stop engaged, but not everything obeyed", e);
        }
    }
}
