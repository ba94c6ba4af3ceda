package dev.outrider.hal.board;

import dev.outrider.hal.board.Resource.CanNode;
import dev.outrider.hal.board.Resource.I2cChip;
import dev.outrider.hal.board.Resource.Line;
import dev.outrider.hal.board.Resource.PulseSource;
import dev.outrider.hal.device.InaBattery;
import dev.outrider.hal.device.LineStepper;
import dev.outrider.hal.device.PwmMotor;
import dev.outrider.hal.device.PwmServo;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One part and how it is connected.
 *
 * @param name of its own on the board
 * @param kind as the profile calls it, such as {@code hc-sr04}
 */
public record PartProfile(String name, String kind, Wiring wiring) {

    /** How a part is connected, with what it needs to know about what it moves or measures. */
    public sealed interface Wiring {}

    /**
     * Two wheels side by side.
     *
     * @param trackMeters between them
     */
    public record Drive(double trackMeters, Wheel left, Wheel right, PwmMotor.Rest rest)
            implements Wiring {}

    /**
     * A motor with its encoder.
     *
     * @param encoder the two signals, or the controller's own count
     */
    public record Wheel(
            MotorDriver motor, Counter encoder, double ticksPerMeter, double topMetersPerSecond) {}

    /** What a motor is driven by. */
    public sealed interface MotorDriver {}

    public record Bridge(PulseSource pulses, Line forward, Line backward) implements MotorDriver {}

    public record Directed(PulseSource pulses, Line direction) implements MotorDriver {}

    public record Pair(PulseSource forward, PulseSource backward) implements MotorDriver {}

    /** A controller on a CAN bus, which also counts the motor's turns. */
    public record Vesc(CanNode node) implements MotorDriver, Counter {}

    /** What counts a wheel's turns. */
    public sealed interface Counter {}

    /** Two signals, the one that leads going forward first. */
    public record Quadrature(Line first, Line second) implements Counter, Wiring {}

    /**
     * A motor by itself.
     *
     * @param most share of all power it may be given
     * @param sharesASecond how fast its power may grow
     */
    public record Motor(MotorDriver driver, double most, double sharesASecond, PwmMotor.Rest rest)
            implements Wiring {}

    public record Servo(PulseSource pulses, PwmServo.Travel travel, boolean holds)
            implements Wiring {}

    public record Stepper(
            Line step, Line direction, Line enable, LineStepper.Travel travel, boolean holds)
            implements Wiring {}

    public record Gripper(PulseSource pulses, Duration grip, Duration release) implements Wiring {}

    public record Relay(Line line, boolean activeHigh, boolean safeOn) implements Wiring {}

    public record Lamp(Line red, Line green, Line blue) implements Wiring {}

    public record Bumper(Line line, boolean normallyClosed) implements Wiring {}

    public record HcSr04(Line trigger, Line echo, double reachMeters) implements Wiring {}

    public record Vl53l0x(I2cChip chip, double reachMeters) implements Wiring {}

    public record TfMini(Path serial, double reachMeters) implements Wiring {}

    public record Mpu6050(I2cChip chip) implements Wiring {}

    public record Bme280(I2cChip chip) implements Wiring {}

    public record Battery(I2cChip chip, InaBattery.Chip model, InaBattery.Cell cell)
            implements Wiring {}
}
