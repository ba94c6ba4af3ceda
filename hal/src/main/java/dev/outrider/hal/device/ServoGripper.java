package dev.outrider.hal.device;

import dev.outrider.hal.part.Gripper;
import java.time.Duration;

/** A gripper moved by a hobby servo, which takes its angle from the length of a pulse. */
public final class ServoGripper implements Gripper {

    private final String name;
    private final Pulses pulses;
    private final Duration grip;
    private final Duration release;
    private volatile boolean closed;

    /**
     * Takes over a train of about 50 pulses a second. It gets no pulses, and so does not move,
     * until it is told to grip or release.
     *
     * @param grip pulse for closed fingers
     * @param release pulse for open ones
     */
    public ServoGripper(String name, Pulses pulses, Duration grip, Duration release) {
        this.name = name;
        this.pulses = pulses;
        this.grip = grip;
        this.release = release;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void grip() {
        pulse("grip", grip);
        closed = true;
    }

    @Override
    public void release() {
        pulse("release", release);
        closed = false;
    }

    private void pulse(String attempted, Duration length) {
        DeviceCalls.run(name, attempted, () -> pulses.width(length.toNanos()));
    }

    @Override
    public boolean closed() {
        return closed;
    }

    /** The servo goes on holding where it is. */
    @Override
    public void rest() {}
}
