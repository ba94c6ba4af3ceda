package dev.outrider.hal.board;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How one part is connected. Lines are offsets on the board's GPIO chip. */
public sealed interface PartProfile {

    String name();

    /**
     * Two wheels side by side.
     *
     * @param trackMeters between them
     */
    record Drive(String name, double trackMeters, WheelProfile left, WheelProfile right)
            implements PartProfile {}

    /**
     * A motor on an H bridge with an encoder.
     *
     * @param pwm channel
     * @param encoder the two signals' lines, the one that leads going forward first
     */
    record WheelProfile(
            int pwm,
            int forward,
            int backward,
            List<Integer> encoder,
            double ticksPerMeter,
            double topMetersPerSecond) {

        public WheelProfile {
            encoder = List.copyOf(encoder);
        }
    }

    /** A TFmini looking ahead. */
    record Range(String name, Path serial, double reachMeters) implements PartProfile {}

    /** A battery behind an INA219. */
    record Battery(String name, int bus, int address, double emptyVolts, double fullVolts)
            implements PartProfile {}

    /** A gripper on a servo. */
    record Servo(String name, int pwm, Duration grip, Duration release) implements PartProfile {}

    /** A lamp of three lights. */
    record Rgb(String name, int red, int green, int blue) implements PartProfile {}
}
