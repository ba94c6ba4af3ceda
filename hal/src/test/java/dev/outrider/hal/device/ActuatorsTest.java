package dev.outrider.hal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import dev.outrider.hal.part.Bumper;
import dev.outrider.hal.part.BumperContract;
import dev.outrider.hal.part.Encoder;
import dev.outrider.hal.part.EncoderContract;
import dev.outrider.hal.part.Gripper;
import dev.outrider.hal.part.GripperContract;
import dev.outrider.hal.part.Lamp;
import dev.outrider.hal.part.LampContract;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.Relay;
import dev.outrider.hal.part.RelayContract;
import dev.outrider.hal.part.Servo;
import dev.outrider.hal.part.ServoContract;
import dev.outrider.hal.part.Stepper;
import dev.outrider.hal.part.StepperContract;
import dev.outrider.hal.pi4j.PulsePwm;
import dev.outrider.hal.sim.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActuatorsTest {

    private static final PwmServo.Travel TRAVEL =
            new PwmServo.Travel(-90, 90, Duration.ofNanos(500_000), Duration.ofNanos(2_500_000));

    private final FakePi4j pi4j = new FakePi4j();

    @AfterEach
    void shutdown() {
        pi4j.close();
    }

    @Nested
    class AServoThatHolds extends ServoContract {

        private final PulsePwm pulse = pi4j.pwm(1, 50);
        private final Servo servo = new PwmServo("pan", Pulses.of(pulse), TRAVEL, true);

        @Override
        protected Servo part() {
            return servo;
        }

        @ParameterizedTest
        @CsvSource({"-90,500000", "0,1500000", "45,2000000", "90,2500000"})
        void sendsThePulseForTheAngle(double degrees, long nanos) {
            servo.turnTo(degrees);

            assertThat(pulse.pulseNanos()).isEqualTo(nanos);
            assertThat(pulse.isOn()).isTrue();
        }

        @Test
        void goesTheOtherWayRoundWhenItsPulsesDo() {
            var mirrored =
                    new PwmServo.Travel(
                            -90, 90, Duration.ofNanos(2_500_000), Duration.ofNanos(500_000));

            new PwmServo("tilt", Pulses.of(pulse), mirrored, true).turnTo(90);

            assertThat(pulse.pulseNanos()).isEqualTo(500_000);
        }
    }

    @Nested
    class AServoThatGoesLimp extends ServoContract {

        private final PulsePwm pulse = pi4j.pwm(1, 50);
        private final Servo servo = new PwmServo("pan", Pulses.of(pulse), TRAVEL, false);

        @Override
        protected Servo part() {
            return servo;
        }

        @Test
        void getsNoPulsesAtRest() {
            servo.turnTo(10);

            servo.rest();

            assertThat(pulse.isOn()).isFalse();
        }
    }

    @Nested
    class AStepper extends StepperContract {

        private static final double STEPS_A_DEGREE = 3200 / 360.0;

        private final SteppedTime time = new SteppedTime();
        private final DigitalOutput step = pi4j.output(5);
        private final DigitalOutput direction = pi4j.output(6);
        private final DigitalOutput enable = pi4j.output(7);
        private final LineStepper stepper =
                new LineStepper(
                        "table",
                        step,
                        direction,
                        enable,
                        new LineStepper.Travel(3200, -720, 720, 90, 180),
                        true,
                        time);
        private final List<Long> stepsAt = new ArrayList<>();
        private int counted;

        AStepper() {
            step.addListener(event -> {
                if (event.state() == DigitalState.HIGH) {
                    stepsAt.add(time.nanos());
                    counted += direction.isHigh() ? 1 : -1;
                }
            });
        }

        @Override
        protected Stepper part() {
            return stepper;
        }

        @Override
        protected void elapse(Duration duration) {
            long end = time.nanos() + duration.toNanos();
            long next = stepper.advance();
            while (next < end) {
                time.advance(Duration.ofNanos(Math.max(0, next - time.nanos())));
                next = stepper.advance();
            }
            time.advance(Duration.ofNanos(end - time.nanos()));
        }

        @Test
        void makesOneStepForEachOneItCounts() {
            stepper.turnTo(90);
            elapse(Duration.ofSeconds(3));
            stepper.turnTo(-30);
            elapse(Duration.ofSeconds(5));

            assertThat(counted).isEqualTo((int) Math.round(-30 * STEPS_A_DEGREE));
        }

        @Test
        void isNeverFasterThanItMayAndSlowsDownBeforeItStops() {
            stepper.turnTo(360);
            elapse(Duration.ofSeconds(10));

            long fastest = Long.MAX_VALUE;
            for (int index = 1; index < stepsAt.size(); index++) {
                fastest = Math.min(fastest, stepsAt.get(index) - stepsAt.get(index - 1));
            }
            long last = stepsAt.getLast() - stepsAt.get(stepsAt.size() - 2);
            assertThat(stepsAt).hasSize(3200);
            assertThat(fastest).isBetween(1_240_000L, 1_260_000L);
            assertThat(last).isGreaterThan(fastest * 5);
        }

        @Test
        void neverMakesUpForLateStepsInHaste() {
            stepper.turnTo(360);
            elapse(Duration.ofSeconds(2));

            time.advance(Duration.ofMillis(500));
            int before = stepsAt.size();
            stepper.advance();
            stepper.advance();

            assertThat(stepsAt.size() - before).isEqualTo(1);
        }

        @Test
        void isLetGoAtRestOnlyIfItDoesNotHold() {
            stepper.turnTo(90);
            stepper.rest();
            boolean held = enable.isLow();

            new LineStepper(
                            "other",
                            step,
                            direction,
                            enable,
                            new LineStepper.Travel(3200, -720, 720, 90, 180),
                            false,
                            time)
                    .rest();

            assertThat(held).isTrue();
            assertThat(enable.isHigh()).isTrue();
        }
    }

    @Nested
    class ARelayThatIsOffWhenSafe extends RelayContract {

        private final DigitalOutput line = pi4j.output(8);
        private final Relay relay = new LineParts.Switch("pump", line, true, false);

        @Override
        protected Relay part() {
            return relay;
        }

        @Override
        protected boolean powered() {
            return line.isHigh();
        }
    }

    @Nested
    class ARelaySwitchedByALowLineThatIsOnWhenSafe extends RelayContract {

        private final DigitalOutput line = pi4j.output(8);
        private final Relay relay = new LineParts.Switch("fan", line, false, true);

        @Override
        protected Relay part() {
            return relay;
        }

        @Override
        protected boolean powered() {
            return line.isLow();
        }
    }

    @Nested
    class AGripper extends GripperContract {

        private final Gripper gripper =
                new ServoGripper(
                        "gripper",
                        Pulses.of(pi4j.pwm(1, 50)),
                        Duration.ofNanos(1_200_000),
                        Duration.ofNanos(1_800_000));

        @Override
        protected Gripper part() {
            return gripper;
        }
    }

    @Nested
    class ALamp extends LampContract {

        private final Lamp lamp =
                new LineParts.ThreeLights("lamp", pi4j.output(1), pi4j.output(2), pi4j.output(3));

        @Override
        protected Lamp part() {
            return lamp;
        }
    }

    @Nested
    class ANormallyClosedBumper extends BumperContract {

        private final Bumper bumper = new LineParts.Contact("front", pi4j.input(9), true);

        @Override
        protected Bumper part() {
            return bumper;
        }

        @Override
        protected void touch() {
            pi4j.pull(9, DigitalState.HIGH);
        }

        @Test
        void failsWhenItsLineCannotBeRead() {
            pi4j.pull(9, DigitalState.UNKNOWN);

            assertThatThrownBy(bumper::pressed).isInstanceOf(PartException.class);
        }
    }

    @Nested
    class ANormallyOpenBumper extends BumperContract {

        private final Bumper bumper = new LineParts.Contact("front", pi4j.input(9), false);

        ANormallyOpenBumper() {
            pi4j.pull(9, DigitalState.HIGH);
        }

        @Override
        protected Bumper part() {
            return bumper;
        }

        @Override
        protected void touch() {
            pi4j.pull(9, DigitalState.LOW);
        }
    }

    @Nested
    class AnEncoder extends EncoderContract {

        private final Encoder encoder =
                new QuadratureEncoder("left", pi4j.input(14), pi4j.input(15));
        private int phase;

        @Override
        protected Encoder part() {
            return encoder;
        }

        @Override
        protected void roll(int ticks) {
            for (int index = 0; index < Math.abs(ticks); index++) {
                boolean second = (phase % 2 == 0) != (ticks > 0);
                phase = Math.floorMod(phase + Integer.signum(ticks), 4);
                boolean high = second ? phase == 2 || phase == 3 : phase == 1 || phase == 2;
                pi4j.pull(second ? 15 : 14, high ? DigitalState.HIGH : DigitalState.LOW);
            }
        }
    }
}
