package dev.outrider.hal.board;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.pwm.Pwm;
import com.pi4j.io.pwm.PwmType;
import dev.outrider.hal.Failures;
import dev.outrider.hal.Timebase;
import dev.outrider.hal.board.Resource.I2cChip;
import dev.outrider.hal.board.Resource.Line;
import dev.outrider.hal.board.Resource.PulseSource;
import dev.outrider.hal.device.Bme280;
import dev.outrider.hal.device.HcSr04;
import dev.outrider.hal.device.InaBattery;
import dev.outrider.hal.device.LineParts;
import dev.outrider.hal.device.LineStepper;
import dev.outrider.hal.device.Mpu6050;
import dev.outrider.hal.device.Pca9685;
import dev.outrider.hal.device.Pulses;
import dev.outrider.hal.device.PwmMotor;
import dev.outrider.hal.device.PwmServo;
import dev.outrider.hal.device.QuadratureEncoder;
import dev.outrider.hal.device.ServoGripper;
import dev.outrider.hal.device.TfMini;
import dev.outrider.hal.device.VescMotor;
import dev.outrider.hal.device.Vl53l0x;
import dev.outrider.hal.device.WheelDrive;
import dev.outrider.hal.linux.EdgeListener;
import dev.outrider.hal.linux.EdgePump;
import dev.outrider.hal.linux.GpioBias;
import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.GpioEdges;
import dev.outrider.hal.linux.GpioInput;
import dev.outrider.hal.linux.PwmChannel;
import dev.outrider.hal.linux.SerialPort;
import dev.outrider.hal.motion.DifferentialDrive;
import dev.outrider.hal.part.DriveLimits;
import dev.outrider.hal.part.Encoder;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.Part;
import dev.outrider.hal.pi4j.PulsePwm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the parts a profile names, out of one Pi4J context, and of the kernel layer where Pi4J has
 * no word for it: serial lines, CAN, and edges with the kernel's time.
 */
final class HardwareParts implements AutoCloseable {

    private static final int MOTOR_HERTZ = 20_000;
    private static final int SERVO_HERTZ = 50;

    private final Context context;
    private final Timebase time;
    private final Deque<Runnable> closers = new ArrayDeque<>();
    private final Map<Resource, Pca9685> expanders = new HashMap<>();
    private final Map<String, VescMotor.Bus> networks = new HashMap<>();
    private @Nullable EdgePump pump;

    HardwareParts(Context context, Timebase time) {
        this.context = context;
        this.time = time;
    }

    /** Opens a part, unguarded. */
    Part part(PartProfile profile, DriveLimits limits) {
        String name = profile.name();
        return switch (profile.wiring()) {
            case PartProfile.Drive drive -> drive(name, drive, limits);
            case PartProfile.Motor motor -> motor(name, motor.driver(), motor.rest());
            case PartProfile.Servo servo ->
                    new PwmServo(
                            name,
                            pulses(servo.pulses(), SERVO_HERTZ),
                            servo.travel(),
                            servo.holds());
            case PartProfile.Stepper stepper -> stepper(name, stepper);
            case PartProfile.Quadrature encoder -> encoder(name, encoder);
            case PartProfile.Gripper gripper ->
                    new ServoGripper(
                            name,
                            pulses(gripper.pulses(), SERVO_HERTZ),
                            gripper.grip(),
                            gripper.release());
            case PartProfile.Relay relay ->
                    new LineParts.Switch(
                            name,
                            output(relay.line(), relay.activeHigh() == relay.safeOn()),
                            relay.activeHigh(),
                            relay.safeOn());
            case PartProfile.Lamp lamp ->
                    new LineParts.ThreeLights(
                            name,
                            output(lamp.red(), false),
                            output(lamp.green(), false),
                            output(lamp.blue(), false));
            case PartProfile.Bumper bumper ->
                    new LineParts.Contact(
                            name,
                            input(bumper.line(), PullResistance.PULL_UP),
                            bumper.normallyClosed());
            case PartProfile.HcSr04 sonar ->
                    new HcSr04(
                            name,
                            output(sonar.trigger(), false),
                            edges(sonar.echo(), name),
                            sonar.reachMeters(),
                            time);
            case PartProfile.Vl53l0x laser ->
                    new Vl53l0x(name, i2c(laser.chip()), laser.reachMeters(), time);
            case PartProfile.TfMini laser -> tfMini(name, laser);
            case PartProfile.Mpu6050 imu -> new Mpu6050(name, i2c(imu.chip()));
            case PartProfile.Bme280 air -> new Bme280(name, i2c(air.chip()));
            case PartProfile.Battery battery ->
                    new InaBattery(name, i2c(battery.chip()), battery.model(), battery.cell());
        };
    }

    private WheelDrive drive(String name, PartProfile.Drive profile, DriveLimits limits) {
        return new WheelDrive(
                name,
                wheel(name + " left", profile.left(), profile.rest()),
                wheel(name + " right", profile.right(), profile.rest()),
                new DifferentialDrive(profile.trackMeters()),
                limits,
                time);
    }

    private WheelDrive.Wheel wheel(String name, PartProfile.Wheel profile, PwmMotor.Rest rest) {
        Motor motor = motor(name, profile.motor(), rest);
        Encoder encoder =
                switch (profile.encoder()) {
                    case PartProfile.Quadrature lines -> encoder(name, lines);
                    case PartProfile.Vesc vesc -> counted(motor, vesc);
                };
        return new WheelDrive.Wheel(
                motor, encoder, profile.ticksPerMeter(), profile.topMetersPerSecond());
    }

    private static Encoder counted(Motor motor, PartProfile.Vesc vesc) {
        if (motor instanceof Encoder encoder) {
            return encoder;
        }
        throw new IllegalArgumentException("%s counts another motor".formatted(vesc.node()));
    }

    private Motor motor(String name, PartProfile.MotorDriver driver, PwmMotor.Rest rest) {
        return switch (driver) {
            case PartProfile.Bridge bridge ->
                    PwmMotor.bridge(
                            name,
                            pulses(bridge.pulses(), MOTOR_HERTZ),
                            output(bridge.forward(), false),
                            output(bridge.backward(), false),
                            rest);
            case PartProfile.Directed directed ->
                    PwmMotor.directed(
                            name,
                            pulses(directed.pulses(), MOTOR_HERTZ),
                            output(directed.direction(), false),
                            rest);
            case PartProfile.Pair pair ->
                    PwmMotor.pair(
                            name,
                            pulses(pair.forward(), MOTOR_HERTZ),
                            pulses(pair.backward(), MOTOR_HERTZ),
                            rest);
            case PartProfile.Vesc vesc ->
                    new VescMotor(name, network(vesc.node().network()), vesc.node().id(), rest);
        };
    }

    private VescMotor.Bus network(String name) {
        return networks.computeIfAbsent(name, VescMotor.Bus::new);
    }

    private QuadratureEncoder encoder(String name, PartProfile.Quadrature lines) {
        return new QuadratureEncoder(
                name,
                input(lines.first(), PullResistance.PULL_UP),
                input(lines.second(), PullResistance.PULL_UP));
    }

    private LineStepper stepper(String name, PartProfile.Stepper profile) {
        var stepper =
                new LineStepper(
                        name,
                        output(profile.step(), false),
                        output(profile.direction(), false),
                        output(profile.enable(), !profile.holds()),
                        profile.travel(),
                        profile.holds(),
                        time);
        closers.push(stepper::close);
        return stepper.start();
    }

    private TfMini tfMini(String name, PartProfile.TfMini profile) {
        SerialPort line = SerialPort.open(profile.serial(), TfMini.BAUD);
        closers.push(line::close);
        return new TfMini(name, line, profile.reachMeters());
    }

    private I2C i2c(I2cChip chip) {
        return context.create(
                I2C.newConfigBuilder(context).bus(chip.bus()).device(chip.address()).build());
    }

    DigitalInput input(Line line, PullResistance pull) {
        return context.create(
                DigitalInput.newConfigBuilder(context)
                        .bcm(offset(line))
                        .pull(pull)
                        .debounce(0L)
                        .build());
    }

    /** An output that is at its safe level from the moment it is taken, and when given back. */
    private DigitalOutput output(Line line, boolean safe) {
        DigitalState state = safe ? DigitalState.HIGH : DigitalState.LOW;
        return context.create(
                DigitalOutput.newConfigBuilder(context)
                        .bcm(offset(line))
                        .initial(state)
                        .shutdown(state)
                        .build());
    }

    /** The number of a line on its chip. */
    static int offset(Line line) {
        try (GpioChip chip = GpioChip.labelled(line.chip())) {
            return Machine.offset(chip, line.line())
                    .orElseThrow(() ->
                            new IllegalArgumentException(
                                    "%s has no line %s".formatted(chip.label(), line.line())));
        }
    }

    private Consumer<EdgeListener> edges(Line line, String part) {
        try (GpioChip chip = GpioChip.labelled(line.chip())) {
            GpioInput input =
                    chip.input(
                            offset(line),
                            "outrider " + part,
                            GpioBias.DISABLED,
                            GpioEdges.BOTH,
                            Duration.ZERO);
            closers.push(input::close);
            return listener -> pump().add(input, listener);
        }
    }

    private EdgePump pump() {
        EdgePump running = pump;
        if (running == null) {
            running = new EdgePump();
            closers.push(running::close);
            pump = running;
        }
        return running;
    }

    private Pulses pulses(PulseSource source, int hertz) {
        return switch (source) {
            case Resource.Pwm pwm -> Pulses.of(pwm(pwm, hertz));
            case Resource.ExpanderChannel channel ->
                    expander(channel.expander()).channel(channel.channel());
        };
    }

    private Pca9685 expander(Resource.Expander wanted) {
        return expanders.computeIfAbsent(
                wanted, key -> new Pca9685(wanted.name(), i2c(wanted.chip()), wanted.hertz()));
    }

    private PulsePwm pwm(Resource.Pwm source, int hertz) {
        Path chip = PwmChannel.chip(source.parent());
        String number = String.valueOf(chip.getFileName()).replaceAll("\\D", "");
        Pwm pwm =
                context.create(
                        Pwm.newConfigBuilder(context)
                                .chip(Integer.parseInt(number))
                                .channel(source.channel())
                                .pwmType(PwmType.HARDWARE)
                                .frequency(hertz)
                                .dutyCycle(0)
                                .shutdown(0)
                                .build());
        return (PulsePwm) pwm;
    }

    /** Gives everything back, outputs in their safe levels. */
    @Override
    public void close() {
        var failures = new Failures();
        expanders.values().forEach(expander -> failures.attempt(expander::rest));
        closers.forEach(closer -> failures.attempt(closer));
        networks.values().forEach(network -> failures.attempt(network::close));
        failures.attempt(context::shutdown);
        failures.rethrow();
    }
}
