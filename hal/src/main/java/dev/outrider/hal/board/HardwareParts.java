package dev.outrider.hal.board;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.pwm.Pwm;
import com.pi4j.io.pwm.PwmType;
import dev.outrider.hal.Timebase;
import dev.outrider.hal.device.BridgeMotor;
import dev.outrider.hal.device.Ina219Battery;
import dev.outrider.hal.device.QuadratureEncoder;
import dev.outrider.hal.device.RgbLamp;
import dev.outrider.hal.device.ServoGripper;
import dev.outrider.hal.device.TfMini;
import dev.outrider.hal.device.Wheel;
import dev.outrider.hal.device.WheelDrive;
import dev.outrider.hal.linux.SerialPort;
import dev.outrider.hal.motion.DifferentialDrive;
import dev.outrider.hal.part.DriveLimits;
import dev.outrider.hal.pi4j.PulsePwm;
import java.util.ArrayList;
import java.util.List;

/** Makes the parts a profile names, out of one Pi4J context. */
final class HardwareParts implements AutoCloseable {

    private static final int MOTOR_HERTZ = 20_000;
    private static final int SERVO_HERTZ = 50;

    private final Context context;
    private final List<SerialPort> lines = new ArrayList<>();

    HardwareParts(Context context) {
        this.context = context;
    }

    WheelDrive drive(PartProfile.Drive profile, DriveLimits limits, Timebase time) {
        return new WheelDrive(
                profile.name(),
                wheel(profile.name() + " left", profile.left()),
                wheel(profile.name() + " right", profile.right()),
                new DifferentialDrive(profile.trackMeters()),
                limits,
                time);
    }

    private Wheel wheel(String name, PartProfile.WheelProfile profile) {
        var motor =
                new BridgeMotor(
                        name,
                        pwm(profile.pwm(), MOTOR_HERTZ),
                        output(profile.forward()),
                        output(profile.backward()));
        var encoder =
                new QuadratureEncoder(
                        name,
                        input(profile.encoder().getFirst(), PullResistance.PULL_UP),
                        input(profile.encoder().getLast(), PullResistance.PULL_UP));
        return new Wheel(motor, encoder, profile.ticksPerMeter(), profile.topMetersPerSecond());
    }

    TfMini range(PartProfile.Range profile) {
        SerialPort line = SerialPort.open(profile.serial(), TfMini.BAUD);
        lines.add(line);
        return new TfMini(profile.name(), line, profile.reachMeters());
    }

    Ina219Battery battery(PartProfile.Battery profile) {
        I2C device =
                context.create(
                        I2C.newConfigBuilder(context)
                                .bus(profile.bus())
                                .device(profile.address())
                                .build());
        return new Ina219Battery(profile.name(), device, profile.emptyVolts(), profile.fullVolts());
    }

    ServoGripper gripper(PartProfile.Servo profile) {
        return new ServoGripper(
                profile.name(), pwm(profile.pwm(), SERVO_HERTZ), profile.grip(), profile.release());
    }

    RgbLamp lamp(PartProfile.Rgb profile) {
        return new RgbLamp(
                profile.name(),
                output(profile.red()),
                output(profile.green()),
                output(profile.blue()));
    }

    DigitalInput input(int line, PullResistance pull) {
        return context.create(
                DigitalInput.newConfigBuilder(context).bcm(line).pull(pull).debounce(0L).build());
    }

    private DigitalOutput output(int line) {
        return context.create(
                DigitalOutput.newConfigBuilder(context)
                        .bcm(line)
                        .initial(DigitalState.LOW)
                        .shutdown(DigitalState.LOW)
                        .build());
    }

    private PulsePwm pwm(int channel, int hertz) {
        Pwm pwm =
                context.create(
                        Pwm.newConfigBuilder(context)
                                .channel(channel)
                                .pwmType(PwmType.HARDWARE)
                                .frequency(hertz)
                                .dutyCycle(0)
                                .shutdown(0)
                                .build());
        return (PulsePwm) pwm;
    }

    /** Gives everything back, outputs in their shutdown states. */
    @Override
    public void close() {
        context.shutdown();
        lines.forEach(SerialPort::close);
    }
}
