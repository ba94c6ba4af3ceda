package dev.outrider.hal.safety;

import dev.outrider.hal.part.Gripper;

/** A gripper under the emergency stop. It needs no lease: its safe state is to stay as it is. */
public final class GuardedGripper implements Gripper {

    private final Gripper gripper;
    private final Guard guard;

    public GuardedGripper(Gripper gripper, EmergencyStop stop) {
        this.gripper = gripper;
        this.guard = new Guard(stop, gripper);
        stop.protect(gripper);
    }

    @Override
    public String name() {
        return gripper.name();
    }

    @Override
    public void grip() {
        guard.command(() -> "grip", gripper::grip);
    }

    @Override
    public void release() {
        guard.command(() -> "release", gripper::release);
    }

    @Override
    public boolean closed() {
        return gripper.closed();
    }

    @Override
    public void rest() {
        gripper.rest();
    }
}
