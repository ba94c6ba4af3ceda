package dev.outrider.hal.board;

import dev.outrider.hal.board.Resource.Line;
import dev.outrider.hal.board.Resource.PulseSource;
import dev.outrider.hal.device.Pca9685;
import dev.outrider.hal.device.PwmMotor;
import dev.outrider.hal.device.VescMotor;
import dev.outrider.hal.linux.PwmChannel;
import dev.outrider.hal.safety.SafeState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the guardian writes when the program has died: the declared safe states, motors first. A
 * motor ends without power; what braked it while the program ran may not any more.
 */
final class SafeStates {

    private SafeStates() {}

    static List<SafeState> of(BoardProfile profile) {
        var urgent = new ArrayList<SafeState>();
        var others = new ArrayList<SafeState>();
        for (PartProfile part : profile.parts()) {
            switch (part.wiring()) {
                case PartProfile.Drive drive -> {
                    urgent.addAll(motor(drive.left().motor(), drive.rest()));
                    urgent.addAll(motor(drive.right().motor(), drive.rest()));
                }
                case PartProfile.Motor motor -> urgent.addAll(motor(motor.driver(), motor.rest()));
                case PartProfile.Stepper stepper -> {
                    others.add(level(stepper.enable(), !stepper.holds()));
                    others.add(level(stepper.step(), false));
                }
                case PartProfile.Servo servo -> {
                    if (!servo.holds()) {
                        others.add(ended(servo.pulses()));
                    }
                }
                case PartProfile.Relay relay ->
                        others.add(level(relay.line(), relay.activeHigh() == relay.safeOn()));
                case PartProfile.Lamp lamp ->
                        Stream.of(lamp.red(), lamp.green(), lamp.blue())
                                .map(line -> level(line, false))
                                .forEach(others::add);
                case PartProfile.Gripper gripper -> {}
                case PartProfile.Quadrature encoder -> {}
                case PartProfile.Bumper bumper -> {}
                case PartProfile.HcSr04 sonar -> others.add(level(sonar.trigger(), false));
                case PartProfile.Vl53l0x laser -> {}
                case PartProfile.TfMini laser -> {}
                case PartProfile.Mpu6050 imu -> {}
                case PartProfile.Bme280 air -> {}
                case PartProfile.Battery battery -> {}
            }
        }
        urgent.addAll(others);
        return urgent;
    }

    private static List<SafeState> motor(PartProfile.MotorDriver driver, PwmMotor.Rest rest) {
        return switch (driver) {
            case PartProfile.Bridge bridge ->
                    List.of(
                            ended(bridge.pulses()),
                            level(bridge.forward(), false),
                            level(bridge.backward(), false));
            case PartProfile.Directed directed ->
                    List.of(ended(directed.pulses()), level(directed.direction(), false));
            case PartProfile.Pair pair -> List.of(ended(pair.forward()), ended(pair.backward()));
            case PartProfile.Vesc vesc ->
                    List.of(
                            new SafeState.Frame(
                                    vesc.node().network(),
                                    VescMotor.restFrame(vesc.node().id(), rest)));
        };
    }

    private static SafeState level(Line line, boolean high) {
        return new SafeState.Level(line.chip(), HardwareParts.offset(line), high);
    }

    /** No pulses any more. */
    private static SafeState ended(PulseSource source) {
        return switch (source) {
            case Resource.Pwm pwm -> {
                Path channel = PwmChannel.chip(pwm.parent()).resolve("pwm" + pwm.channel());
                yield new SafeState.Setting(channel.resolve("enable"), "0");
            }
            case Resource.ExpanderChannel channel ->
                    new SafeState.Register(
                            channel.expander().chip().device(),
                            channel.expander().chip().address(),
                            Pca9685.offRegister(channel.channel()),
                            Pca9685.FULL);
        };
    }
}
