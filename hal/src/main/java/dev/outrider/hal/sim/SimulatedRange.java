package dev.outrider.hal.sim;

import dev.outrider.hal.part.RangeSensor;
import java.util.OptionalDouble;

/** Looks ahead of the simulated robot. */
record SimulatedRange(String name, SimulatedRobot robot) implements RangeSensor {

    @Override
    public OptionalDouble meters() {
        return robot.ahead();
    }
}
