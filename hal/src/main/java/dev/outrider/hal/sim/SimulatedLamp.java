package dev.outrider.hal.sim;

import dev.outrider.hal.part.Lamp;
import dev.outrider.hal.part.LampColor;

/** A lamp that remembers its colour. */
final class SimulatedLamp implements Lamp {

    private final String name;
    private volatile LampColor color = LampColor.OFF;

    SimulatedLamp(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void show(LampColor color) {
        this.color = color;
    }

    @Override
    public LampColor color() {
        return color;
    }
}
