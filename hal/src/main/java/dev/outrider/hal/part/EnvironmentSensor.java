package dev.outrider.hal.part;

/** Measures the air around the robot. */
public interface EnvironmentSensor extends Part {

    /**
     * One measurement.
     *
     * @param celsius temperature
     * @param pascals pressure
     * @param humidity share of what the air can hold at that temperature, 0..1
     */
    record Air(double celsius, double pascals, double humidity) {}

    Air air();

    @Override
    default PartSheet sheet() {
        return PartSheet.sensor(
                "environment sensor",
                PartSheet.measured("temperature", "°C", -40, 85),
                PartSheet.measured("pressure", "Pa", 30_000, 110_000),
                PartSheet.measured("humidity", "share", 0, 1));
    }

    @Override
    default void rest() {}
}
