package dev.outrider.hal.safety;

import dev.outrider.hal.Failures;
import dev.outrider.hal.part.Part;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The emergency stop. Anyone may engage it, from any thread, at any time: within the call every
 * protected part is put to rest, then the latch file is written, then listeners are told. It stays
 * engaged, over crashes and restarts, until someone releases it by name, and cannot be released
 * while the physical input is open. A latch file that cannot be understood counts as engaged.
 */
public final class EmergencyStop {

    /** Told after the parts are at rest or, on release, before anything moves again. */
    @FunctionalInterface
    public interface Listener {

        /** Called on the thread that engaged or released; should return quickly. */
        void changed(boolean engaged);
    }

    /**
     * An engagement and how often it was asked for: a release never undoes a call it did not see.
     */
    private record Held(Engagement engagement, long calls) {}

    private final Latch latch;
    private final EmergencyInput input;
    private final Clock clock;
    private final Object disk = new Object();
    private final AtomicReference<@Nullable Held> state = new AtomicReference<>();
    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private EmergencyStop(Path file, EmergencyInput input, Clock clock) {
        this.latch = new Latch(file, clock);
        this.input = input;
        this.clock = clock;
        state.set(latch.read().map(found -> new Held(found, 1)).orElse(null));
    }

    /**
     * Takes up the state the latch file holds; no file is released.
     *
     * @param file where the latch is kept, in an existing folder
     * @param input the physical stop
     */
    public static EmergencyStop open(Path file, EmergencyInput input, Clock clock) {
        var stop = new EmergencyStop(file, input, clock);
        stop.poll();
        return stop;
    }

    /** Puts the part to rest on every engagement from now on, and now if already engaged. */
    public void protect(Part part) {
        parts.add(part);
        if (engaged()) {
            part.rest();
        }
    }

    public void onChange(Listener listener) {
        listeners.add(listener);
    }

    public boolean engaged() {
        return state.get() != null;
    }

    /** Who engaged it, why and when; empty when released. */
    public Optional<Engagement> engagement() {
        return Optional.ofNullable(state.get()).map(Held::engagement);
    }

    /**
     * Stops everything now. The first engagement is the one remembered; a later one still puts the
     * parts to rest again.
     *
     * @throws RuntimeException after everything was tried, if a part, the latch file or a listener
     *     failed; the stop is engaged all the same
     */
    public void engage(String who, String why) {
        var fresh = new Engagement(who, why, clock.instant());
        Held before = state.getAndUpdate(held -> hold(held, fresh));
        var failures = new Failures();
        parts.forEach(part -> failures.attempt(part::rest));
        if (before == null) {
            failures.attempt(this::writeState);
            listeners.forEach(listener -> failures.attempt(() -> listener.changed(true)));
        }
        failures.rethrow();
    }

    private static Held hold(@Nullable Held held, Engagement fresh) {
        return held == null ? new Held(fresh, 1) : new Held(held.engagement(), held.calls() + 1);
    }

    /** Engages if the physical input is open or cannot be read. */
    public void poll() {
        if (!engaged() && inputOpen()) {
            engage("input", "the emergency stop circuit is open");
        }
    }

    /**
     * Lets the robot move again: a local, deliberate act.
     *
     * @param who the person who releases
     * @param why what was checked
     * @throws LatchException if the release cannot be recorded; it stays engaged
     */
    public Release release(String who, String why) {
        Optional<Release> refused = releaseLatch(who, why);
        if (refused.isPresent()) {
            return refused.get();
        }
        var failures = new Failures();
        listeners.forEach(listener -> failures.attempt(() -> listener.changed(false)));
        failures.rethrow();
        return new Release.Released(who, why);
    }

    private Optional<Release> releaseLatch(String who, String why) {
        synchronized (disk) {
            Held current = state.get();
            if (current == null) {
                return Optional.of(new Release.Refused("the emergency stop is not engaged"));
            }
            if (inputOpen()) {
                return Optional.of(
                        new Release.Refused(
                                "the emergency stop circuit is open: unlock the button or mend the wire"));
            }
            latch.writeReleased(who, why);
            if (!state.compareAndSet(current, null)) {
                latch.writeEngaged(current.engagement());
                return Optional.of(
                        new Release.Refused("the emergency stop was engaged again meanwhile"));
            }
            return Optional.empty();
        }
    }

    private void writeState() {
        synchronized (disk) {
            engagement().ifPresent(latch::writeEngaged);
        }
    }

    private boolean inputOpen() {
        try {
            return input.open();
        } catch (RuntimeException e) {
            return true;
        }
    }
}
