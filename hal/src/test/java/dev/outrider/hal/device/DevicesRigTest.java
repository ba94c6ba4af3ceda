package dev.outrider.hal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.pwm.Pwm;
import com.pi4j.io.pwm.PwmType;
import dev.outrider.hal.Timebase;
import dev.outrider.hal.linux.EdgePump;
import dev.outrider.hal.linux.GpioBias;
import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.GpioEdges;
import dev.outrider.hal.part.Bumper;
import dev.outrider.hal.part.BumperContract;
import dev.outrider.hal.part.Gripper;
import dev.outrider.hal.part.GripperContract;
import dev.outrider.hal.part.Lamp;
import dev.outrider.hal.part.LampColor;
import dev.outrider.hal.part.LampContract;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.MotorContract;
import dev.outrider.hal.part.Relay;
import dev.outrider.hal.part.RelayContract;
import dev.outrider.hal.part.Stepper;
import dev.outrider.hal.part.StepperContract;
import dev.outrider.hal.pi4j.PulsePwm;
import dev.outrider.hal.rig.InRig;
import dev.outrider.hal.rig.SimulatedLine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@InRig
class DevicesRigTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
        private final Motor motor =
                PwmMotor.bridge(
                        "left", Pulses.of(pulse), output(2), output(3), PwmMotor.Rest.BRAKE);

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
                        "gripper",
                        Pulses.of(pulse),
                        Duration.ofNanos(1_200_000),
                        Duration.ofNanos(1_800_000));

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

        private final Lamp lamp =
                new LineParts.ThreeLights("lamp", output(24), output(25), output(26));

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

    @Nested
    class ByARelay extends RelayContract {

        private final Relay relay = new LineParts.Switch("fan", output(21), false, true);

        @Override
        protected Relay part() {
            return relay;
        }

        @Override
        protected boolean powered() {
            return !new SimulatedLine(21).value();
        }
    }

    @Nested
    class ByABumper extends BumperContract {

        private final SimulatedLine contact = new SimulatedLine(22);
        private final Bumper bumper = new LineParts.Contact("front", grounded(), true);

        private DigitalInput grounded() {
            contact.pull(false);
            return input(22);
        }

        @Override
        protected Bumper part() {
            return bumper;
        }

        @Override
        protected void touch() {
            contact.pull(true);
        }
    }

    @Nested
    class OfSteps extends StepperContract {

        private final LineStepper stepper =
                new LineStepper(
                                "table",
                                output(27),
                                output(28),
                                output(29),
                                new LineStepper.Travel(200, -720, 720, 90, 360),
                                true,
                                Timebase.wall())
                        .start();

        @Override
        protected Stepper part() {
            return stepper;
        }

        /** Whatever the time a step takes here, it is over when the shaft stands still. */
        @Override
        protected void elapse(Duration duration) {
            if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
                await().until(() -> stepper.degrees() > 2);
            } else {
                await().atMost(PATIENCE).until(() -> !stepper.moving());
            }
        }

        @AfterEach
        void close() {
            stepper.close();
        }

        @Test
        void isEnabledWhileItHolds() {
            assertThat(new SimulatedLine(29).value()).isFalse();
        }
    }

    @Test
    void aSonarTimesItsEchoByTheKernelsStamps() throws InterruptedException {
        var echo = new SimulatedLine(31);
        echo.pull(false);
        try (var pump = new EdgePump();
                var chip = GpioChip.labelled(SimulatedLine.CHIP);
                var line =
                        chip.input(31, "sonar", GpioBias.DISABLED, GpioEdges.BOTH, Duration.ZERO)) {
            var sonar =
                    new HcSr04(
                            "front",
                            output(30),
                            listener -> pump.add(line, listener),
                            1e6,
                            Timebase.wall());
            var sounding = new AtomicBoolean(true);
            Thread world =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (sounding.get()) {
                                    echo.pull(true);
                                    LockSupport.parkNanos(6_000_000);
                                    echo.pull(false);
                                    LockSupport.parkNanos(1_000_000);
                                }
                            });

            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> sonar.meters().orElseThrow() >= 6e-3 * 343.2 / 2);

            sounding.set(false);
            world.join();
        }
    }

    @Test
    void theEmergencyCircuitIsOpenUnlessPulledToGround() {
        var line = new SimulatedLine(17);
        line.pull(false);
        var stop = new LineParts.EmergencyCircuit(input(17));
        boolean closed = !stop.open();

        line.pull(true);
        boolean pressed = stop.open();
        context.shutdown(stop.line().id());

        assertThat(closed).isTrue();
        assertThat(pressed).isTrue();
        assertThat(stop.open()).as("an input that was shut down").isTrue();
    }
}
