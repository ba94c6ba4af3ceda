package dev.outrider.hal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.pwm.Pwm;
import com.pi4j.io.pwm.PwmType;
import dev.outrider.hal.linux.I2cDevice;
import dev.outrider.hal.part.BatteryGauge;
import dev.outrider.hal.part.BatteryGaugeContract;
import dev.outrider.hal.part.Gripper;
import dev.outrider.hal.part.GripperContract;
import dev.outrider.hal.part.Lamp;
import dev.outrider.hal.part.LampColor;
import dev.outrider.hal.part.LampContract;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.MotorContract;
import dev.outrider.hal.pi4j.PulsePwm;
import dev.outrider.hal.rig.InRig;
import dev.outrider.hal.rig.SimulatedLine;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@InRig
class DevicesRigTest {

    private final Context context =
            Pi4J.newContextBuilder()
                    .autoDetectProviders()
                    .property("outrider.gpio.chip", SimulatedLine.CHIP)
                    .property("outrider.pwm.parent", "outrider-rig")
                    .build();

    @AfterEach
    void shutdown() {
        context.shutdown();
    }

    private DigitalOutput output(int bcm) {
        return context.create(
                DigitalOutput.newConfigBuilder(context)
                        .bcm(bcm)
                        .initial(DigitalState.LOW)
                        .shutdown(DigitalState.LOW)
                        .build());
    }

    private DigitalInput input(int bcm) {
        return context.create(
                DigitalInput.newConfigBuilder(context)
                        .bcm(bcm)
                        .pull(PullResistance.OFF)
                        .debounce(0L)
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

    @Nested
    class OnABridge extends MotorContract {

        private static final double PERIOD_NANOS = 50_000;

        private final PulsePwm pulse = pwm(0, 20_000);
        private final Motor motor = new BridgeMotor("left", pulse, output(2), output(3));

        @Override
        protected Motor part() {
            return motor;
        }

        @Override
        protected double drawn() {
            boolean forward = new SimulatedLine(2).value();
            boolean backward = new SimulatedLine(3).value();
            double share = pulse.pulseNanos() / PERIOD_NANOS;
            return forward == backward ? 0 : share * (forward ? 1 : -1);
        }

        @Test
        void isBrakedAtRest() {
            motor.power(1);

            motor.rest();

            assertThat(new SimulatedLine(2).value()).isTrue();
            assertThat(new SimulatedLine(3).value()).isTrue();
            assertThat(pulse.pulseNanos()).isZero();
        }
    }

    @Nested
    class ByAServo extends GripperContract {

        private final PulsePwm pulse = pwm(1, 50);
        private final Gripper gripper =
                new ServoGripper(
                        "gripper", pulse, Duration.ofNanos(1_200_000), Duration.ofNanos(1_800_000));

        @Override
        protected Gripper part() {
            return gripper;
        }

        @Test
        void movesOnlyWhenTold() {
            boolean before = pulse.isOn();

            gripper.grip();
            long closed = pulse.pulseNanos();
            gripper.release();

            assertThat(before).isFalse();
            assertThat(closed).isEqualTo(1_200_000);
            assertThat(pulse.pulseNanos()).isEqualTo(1_800_000);
        }
    }

    @Nested
    class OfThreeLights extends LampContract {

        private final Lamp lamp = new RgbLamp("lamp", output(24), output(25), output(26));

        @Override
        protected Lamp part() {
            return lamp;
        }

        @Test
        void mixesPurpleFromRedAndBlue() {
            lamp.show(LampColor.PURPLE);

            assertThat(new SimulatedLine(24).value()).isTrue();
            assertThat(new SimulatedLine(25).value()).isFalse();
            assertThat(new SimulatedLine(26).value()).isTrue();
        }
    }

    @Nested
    class BehindAnIna219 extends BatteryGaugeContract {

        private final Path bus = I2cDevice.bus("SMBus stub driver");
        private final Ina219Battery battery = new Ina219Battery("battery", chip(bus), 9.6, 12.6);

        @Override
        protected BatteryGauge part() {
            register(0x01, 500);
            register(0x02, (int) (11.1 / 0.004) << 3);
            return battery;
        }

        /**
         * Puts a value where a block is read from, high byte first as the chip has it. The stub's
         * registers are bytes, so a value spills into the next register: the later write wins.
         */
        private void register(int register, int value) {
            try (I2cDevice chip = I2cDevice.open(bus, 0x40)) {
                chip.writeBlock(register, new byte[] {(byte) (value >> 8), (byte) value});
            }
        }

        @Override
        protected void drain() {
            register(0x02, (int) (10.2 / 0.004) << 3);
        }

        @Override
        protected void connect() {
            register(0x01, -500);
        }

        @Test
        void readsVoltsAndCharge() {
            part();

            assertThat(battery.volts()).isCloseTo(11.1, within(0.004));
            assertThat(battery.charge()).isCloseTo(0.5, within(0.002));
        }
    }

    private I2C chip(Path bus) {
        String path = bus.toString();
        int number = Integer.parseInt(path.substring(path.lastIndexOf('-') + 1));
        return context.create(I2C.newConfigBuilder(context).bus(number).device(0x40).build());
    }

    @Test
    void anEncoderCountsQuartersEitherWay() {
        var first = new SimulatedLine(14);
        var second = new SimulatedLine(15);
        first.pull(false);
        second.pull(false);
        var encoder = new QuadratureEncoder("left", input(14), input(15));

        for (int period = 0; period < 5; period++) {
            turn(encoder, first, true);
            turn(encoder, second, true);
            turn(encoder, first, false);
            turn(encoder, second, false);
        }
        long forward = encoder.ticks();
        turn(encoder, second, true);
        turn(encoder, first, true);
        turn(encoder, second, false);

        assertThat(forward).isEqualTo(20);
        assertThat(encoder.ticks()).isEqualTo(17);
        assertThat(encoder.missed()).isZero();
    }

    /**
     * Moves one signal and waits until it is counted, as gpio-sim merges edges that are too close.
     */
    private static void turn(QuadratureEncoder encoder, SimulatedLine line, boolean up) {
        long before = encoder.ticks();
        line.pull(up);
        await().until(() -> encoder.ticks() != before);
    }

    @Test
    void theEmergencyCircuitIsOpenUnlessPulledToGround() {
        var line = new SimulatedLine(17);
        line.pull(false);
        var stop = new LineEmergencyInput(input(17));
        boolean closed = !stop.open();

        line.pull(true);
        boolean pressed = stop.open();
        context.shutdown(stop.line().id());

        assertThat(closed).isTrue();
        assertThat(pressed).isTrue();
        assertThat(stop.open()).as("an input that was shut down").isTrue();
    }
}
