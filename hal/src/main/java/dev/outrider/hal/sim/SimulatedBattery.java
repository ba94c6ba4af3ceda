package dev.outrider.hal.sim;

import dev.outrider.hal.part.BatteryGauge;

/** The simulated robot's battery. */
record SimulatedBattery(String name, SimulatedRobot robot) implements BatteryGauge {

    @Override
    public double charge() {
        return robot.charge();
    }

    @Override
    public boolean external() {
        return robot.docked();
    }
}
