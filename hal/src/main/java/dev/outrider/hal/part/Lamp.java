package dev.outrider.hal.part;

/** A signal lamp. It moves nothing and may be set while stopped; its safe state is off. */
public interface Lamp extends Part {

    void show(LampColor color);

    LampColor color();

    @Override
    default PartSheet sheet() {
        return PartSheet.actuator(
                "lamp",
                "off",
                PartSheet.commanded("color", "index", 0, LampColor.values().length - 1.0));
    }

    @Override
    default void rest() {
        show(LampColor.OFF);
    }
}
