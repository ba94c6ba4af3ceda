package dev.outrider.hal.sim;

import dev.outrider.hal.part.Gripper;

/** A hand that opens and closes at once. */
final class SimulatedGripper implements Gripper {

    private final String name;
    private volatile boolean closed;

    SimulatedGripper(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void grip() {
        closed = true;
    }

    @Override
    public void release() {
        closed = false;
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public void rest() {}
}
