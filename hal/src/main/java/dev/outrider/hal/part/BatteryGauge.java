package dev.outrider.hal.part;

/** Knows how full the robot's battery is. */
public interface BatteryGauge extends Part {

    /** Charge from 0 (empty) to 1 (full). */
    double charge();

    /** Whether power comes from outside, as on the dock. */
    boolean external();

    @Override
    default PartSheet sheet() {
        return PartSheet.sensor(
                "battery gauge",
                PartSheet.measured("charge", "share", 0, 1),
                PartSheet.measured("external", "share", 0, 1));
    }

    @Override
    default void rest() {}
}
