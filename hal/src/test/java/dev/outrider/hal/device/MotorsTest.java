package dev.outrider.hal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.pi4j.io.gpio.digital.DigitalOutput;
import dev.outrider.hal.device.PwmMotor.Rest;
import dev.outrider.hal.linux.CanFrame;
import dev.outrider.hal.part.Encoder;
import dev.outrider.hal.part.EncoderContract;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.MotorContract;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.pi4j.PulsePwm;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MotorsTest {

    private static final double PERIOD_NANOS = 50_000;

    private final FakePi4j pi4j = new FakePi4j();

    @AfterEach
    void shutdown() {
        pi4j.close();
    }

    @Nested
    class OnABridge extends MotorContract {

        private final PulsePwm pulse = pi4j.pwm(0, 20_000);
        private final DigitalOutput forward = pi4j.output(2);
        private final DigitalOutput backward = pi4j.output(3);
        private final Motor motor =
                PwmMotor.bridge("left", Pulses.of(pulse), forward, backward, Rest.BRAKE);

        @Override
        protected Motor part() {
            return motor;
        }

        @Override
        protected double drawn() {
            double share = pulse.isOn() ? pulse.pulseNanos() / PERIOD_NANOS : 0;
            return forward.isHigh() == backward.isHigh() ? 0 : share * (forward.isHigh() ? 1 : -1);
        }

        @Test
        void joinsItsEndsWhenItBrakes() {
            motor.power(1);

            motor.rest();

            assertThat(forward.isHigh()).isTrue();
            assertThat(backward.isHigh()).isTrue();
        }

        @Test
        void opensItsEndsWhenItCoasts() {
            Motor coasting =
                    PwmMotor.bridge("right", Pulses.of(pulse), forward, backward, Rest.COAST);
            coasting.power(1);

            coasting.rest();

            assertThat(forward.isLow()).isTrue();
            assertThat(backward.isLow()).isTrue();
        }
    }

    @Nested
    class WithADirectionLine extends MotorContract {

        private final PulsePwm pulse = pi4j.pwm(0, 20_000);
        private final DigitalOutput direction = pi4j.output(2);
        private final Motor motor =
                PwmMotor.directed("left", Pulses.of(pulse), direction, Rest.BRAKE);

        @Override
        protected Motor part() {
            return motor;
        }

        @Override
        protected double drawn() {
            return pulse.pulseNanos() / PERIOD_NANOS * (direction.isHigh() ? 1 : -1);
        }

        @Test
        void turnsRoundWithoutPower() {
            var seen = new ArrayList<Long>();
            motor.power(0.9);
            direction.addListener(event -> seen.add(pulse.pulseNanos()));

            motor.power(-0.9);

            assertThat(seen).containsExactly(0L);
        }
    }

    @Nested
    class OnTwoTrainsOfPulses extends MotorContract {

        private final PulsePwm forward = pi4j.pwm(0, 20_000);
        private final PulsePwm backward = pi4j.pwm(1, 20_000);
        private final Motor motor =
                PwmMotor.pair("left", Pulses.of(forward), Pulses.of(backward), Rest.BRAKE);

        @Override
        protected Motor part() {
            return motor;
        }

        @Override
        protected double drawn() {
            return (forward.pulseNanos() - backward.pulseNanos()) / PERIOD_NANOS;
        }

        @Test
        void joinsItsEndsWhenItBrakes() {
            motor.rest();

            assertThat(forward.pulseNanos()).isEqualTo(50_000);
            assertThat(backward.pulseNanos()).isEqualTo(50_000);
        }
    }

    @Nested
    class BehindAPca9685 extends MotorContract {

        private final FakePi4j.ByteChip chip = new FakePi4j.ByteChip();
        private final Pca9685 expander = new Pca9685("hat", pi4j.i2c(0x40, chip), 1500);
        private final Motor motor =
                PwmMotor.pair("left", expander.channel(0), expander.channel(15), Rest.COAST);

        @Override
        protected Motor part() {
            return motor;
        }

        /** The share of the period by the chip's counts, full on and full off first. */
        private double share(int channel) {
            int first = 0x06 + 4 * channel;
            if ((chip.registers[first + 3] & 0x10) != 0) {
                return 0;
            }
            if ((chip.registers[first + 1] & 0x10) != 0) {
                return 1;
            }
            return (chip.registers[first + 2] | chip.registers[first + 3] << 8) / 4096.0;
        }

        @Override
        protected double drawn() {
            return Math.round((share(0) - share(15)) * 4096) / 4096.0;
        }

        @Override
        protected double step() {
            return 1.0 / 4096;
        }
    }

    /** A CAN bus with one controller on it. */
    private static final class FakeBus implements VescMotor.Link {

        final List<CanFrame> sent = new ArrayList<>();
        private final List<Consumer<CanFrame>> listeners = new ArrayList<>();
        private int tachometer = 1_000_000;

        @Override
        public void send(CanFrame frame) {
            sent.add(frame);
        }

        @Override
        public void listen(Consumer<CanFrame> listener) {
            listeners.add(listener);
            roll(0);
        }

        void hear(CanFrame frame) {
            listeners.forEach(listener -> listener.accept(frame));
        }

        void roll(int ticks) {
            tachometer += ticks;
            long value = Integer.toUnsignedLong(tachometer) << 32 | 241L << 16;
            hear(new CanFrame(27 << 8 | 12, true, 8, Long.reverseBytes(value)));
        }

        int argument(CanFrame frame) {
            return Integer.reverseBytes((int) frame.data());
        }
    }

    @Nested
    class OnAVesc extends MotorContract {

        private final FakeBus bus = new FakeBus();
        private final VescMotor motor = new VescMotor("left", bus, 12, Rest.BRAKE);

        @Override
        protected Motor part() {
            return motor;
        }

        @Override
        protected double drawn() {
            CanFrame last = bus.sent.getLast();
            assertThat(last.extended()).isTrue();
            assertThat(last.id() & 0xFF).isEqualTo(12);
            return last.id() >> 8 == 0 ? bus.argument(last) / 100_000.0 : 0;
        }

        @Test
        void brakesWithAllItHasAtRest() {
            motor.rest();

            assertThat(bus.sent.getLast().id()).isEqualTo(11 << 8 | 12);
            assertThat(bus.argument(bus.sent.getLast())).isEqualTo(100_000);
        }

        @Test
        void letsGoAtRestIfItIsToCoast() {
            new VescMotor("right", bus, 12, Rest.COAST).rest();

            assertThat(bus.sent.getLast().id()).isEqualTo(1 << 8 | 12);
            assertThat(bus.argument(bus.sent.getLast())).isZero();
        }

        /** The example of documentation/comm_can.md: 51 A to controller 23. */
        @Test
        void ordersBytesAsTheProtocolsExampleDoes() {
            CanFrame rest = VescMotor.restFrame(23, Rest.BRAKE);

            assertThat(rest.length()).isEqualTo(4);
            assertThat(new int[] {rest.at(0), rest.at(1), rest.at(2), rest.at(3)})
                    .containsExactly(0x00, 0x01, 0x86, 0xA0);
            assertThat(rest.id()).isEqualTo(0x0B17);
        }

        @Test
        void readsTheVoltage() {
            assertThat(motor.volts()).isCloseTo(24.1, within(1e-9));
        }

        @Test
        void goesOnCountingWhenTheControllersCountOverflows() {
            bus.roll(Integer.MAX_VALUE - 1_000_000);
            long before = motor.ticks();

            bus.roll(10);

            assertThat(motor.ticks() - before).isEqualTo(10);
        }

        @Test
        void isNotMisledByFramesThatAreNoneOfItsBusiness() {
            var random = new Random(3);
            for (int round = 0; round < 10_000; round++) {
                boolean extended = random.nextBoolean();
                int id = random.nextInt(extended ? 1 << 29 : 1 << 11);
                if (!extended || id != (27 << 8 | 12)) {
                    bus.hear(new CanFrame(id, extended, random.nextInt(9), random.nextLong()));
                }
            }
            bus.hear(new CanFrame(27 << 8 | 12, true, 5, -1L));
            bus.hear(new CanFrame(27 << 8 | 13, true, 8, -1L));

            assertThat(motor.ticks()).isZero();
        }

        @Test
        void saysSoWhenNoControllerIsThere() {
            var silent =
                    new VescMotor.Link() {
                        @Override
                        public void send(CanFrame frame) {}

                        @Override
                        public void listen(Consumer<CanFrame> listener) {}
                    };

            assertThatThrownBy(() -> new VescMotor("left", silent, 12, Rest.BRAKE))
                    .isInstanceOf(PartException.class)
                    .hasMessageContaining("controller 12 has sent no status 5");
        }
    }

    @Nested
    class ByAVescsCount extends EncoderContract {

        private final FakeBus bus = new FakeBus();
        private final VescMotor motor = new VescMotor("left", bus, 12, Rest.BRAKE);

        @Override
        protected Encoder part() {
            return motor;
        }

        @Override
        protected void roll(int ticks) {
            bus.roll(ticks);
        }
    }
}
