package dev.outrider.hal.sim;

import dev.outrider.hal.part.DriveLimits;

/**
 * What the simulated robot is made like.
 *
 * @param radiusMeters of its round hull
 * @param trackMeters between its wheels
 * @param wheelAcceleration highest change of a wheel's speed, metres per second squared
 * @param clearanceMeters kept between hull and obstacles ahead
 * @param sensorReachMeters the range sensor's reach
 * @param limits of the drive
 * @param battery what it runs on
 */
public record Chassis(
        double radiusMeters,
        double trackMeters,
        double wheelAcceleration,
        double clearanceMeters,
        double sensorReachMeters,
        DriveLimits limits,
        Cell battery) {

    /**
     * A battery and what uses it.
     *
     * @param wattHours its capacity
     * @param charge at the start, 0..1
     * @param idleWatts used always
     * @param drivingWatts used on top for each metre per second of the faster wheel
     * @param chargingWatts put in on the dock
     */
    public record Cell(
            double wattHours,
            double charge,
            double idleWatts,
            double drivingWatts,
            double chargingWatts) {

        public Cell {
            if (!(wattHours > 0) || !(charge >= 0 && charge <= 1)) {
                throw new IllegalArgumentException(
                        "a battery needs a capacity above zero and a charge within 0..1");
            }
        }
    }

    /** A small indoor robot, 36 cm across, half a metre a second. */
    public static final Chassis SMALL =
            new Chassis(
                    0.18,
                    0.30,
                    1.5,
                    0.20,
                    4,
                    new DriveLimits(0.5, 0.5, 90, 180),
                    new Cell(50, 0.95, 8, 40, 60));

    public Chassis {
        if (!(radiusMeters > 0) || !(wheelAcceleration > 0) || !(sensorReachMeters > 0)) {
            throw new IllegalArgumentException("a chassis' measures must be above zero");
        }
    }

    /** The same with other measures and limits. */
    public Chassis like(double radius, double clearance, DriveLimits otherLimits) {
        return new Chassis(
                radius,
                trackMeters,
                wheelAcceleration,
                clearance,
                sensorReachMeters,
                otherLimits,
                battery);
    }

    /** The same with another charge at the start. */
    public Chassis charged(double charge) {
        var cell =
                new Cell(
                        battery.wattHours,
                        charge,
                        battery.idleWatts,
                        battery.drivingWatts,
                        battery.chargingWatts);
        return new Chassis(
                radiusMeters,
                trackMeters,
                wheelAcceleration,
                clearanceMeters,
                sensorReachMeters,
                limits,
                cell);
    }
}
