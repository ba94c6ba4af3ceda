package dev.outrider.hal.device;

import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.MotorContract;

class SimulatedWheelTest extends MotorContract {

    private final SimulatedWheel wheel = new SimulatedWheel(1);

    @Override
    protected Motor part() {
        return wheel;
    }

    @Override
    protected double drawn() {
        return wheel.drawn();
    }
}
