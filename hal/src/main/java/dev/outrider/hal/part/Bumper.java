package dev.outrider.hal.part;

/** Feels what the robot runs into. */
public interface Bumper extends Part {

    boolean pressed();

    @Override
    default PartSheet sheet() {
        return PartSheet.sensor("bumper", PartSheet.measured("pressed", "share", 0, 1));
    }

    @Override
    default void rest() {}
}
