package dev.outrider.hal.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outrider.hal.linux.CanFrame;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.DriveLimits;
import dev.outrider.hal.part.EmergencyStopEngagedException;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.PartSheet;
import dev.outrider.hal.part.Pose;
import dev.outrider.hal.part.Relay;
import dev.outrider.hal.sim.SteppedTime;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedTest {

    private static final Duration LEASE = Duration.ofMillis(200);

    @TempDir Path folder;

    private final SteppedTime time = new SteppedTime();
    private final List<Double> told = new ArrayList<>();
    private EmergencyStop stop;
    private SafetyLoop loop;

    private final Motor raw =
            new Motor() {
                @Override
                public String name() {
                    return "brush";
                }

                @Override
                public void power(double share) {
                    told.add(share);
                }

                @Override
                public void rest() {
                    told.add(0.0);
                }
            };

    @BeforeEach
    void open() {
        stop = EmergencyStop.open(folder.resolve("estop"), () -> false, Clock.systemUTC());
        loop = new SafetyLoop(stop, time);
        time.onStep(loop::check);
    }

    private Motor motor(double most, double slew) {
        return Guarded.motor(raw, most, slew, stop, loop, LEASE);
    }

    @Test
    void letsPowerGrowOnlySoFast() {
        Motor motor = motor(1, 2);

        motor.power(1);
        for (int step = 0; step < 4; step++) {
            time.advance(Duration.ofMillis(100));
            motor.power(1);
        }

        assertThat(told).hasSize(5);
        assertThat(told.getFirst()).isCloseTo(0.4, within(1e-9));
        assertThat(told.get(1)).isCloseTo(0.6, within(1e-9));
        assertThat(told.getLast()).isEqualTo(1);
    }

    @Test
    void letsPowerFallAtOnceAndThenGrowTheOtherWay() {
        Motor motor = motor(1, 100);
        motor.power(1);
        time.advance(Duration.ofMillis(1));

        motor.power(-1);

        assertThat(told.getLast()).isCloseTo(-0.1, within(1e-9));
    }

    @Test
    void beginsAtNothingAgainAfterRest() {
        Motor motor = motor(1, 1);
        motor.power(1);
        time.advance(Duration.ofMillis(100));
        motor.power(1);
        motor.rest();

        time.advance(Duration.ofMillis(10));
        motor.power(1);

        assertThat(told.getLast()).isLessThanOrEqualTo(0.2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.51, -0.51, 1, Double.NaN})
    void refusesMorePowerThanTheBoardAllows(double share) {
        Motor motor = motor(0.5, 100);

        assertThatThrownBy(() -> motor.power(share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-0.5..0.5");
        assertThat(told).isEmpty();
        assertThat(motor.sheet().quantity("power").most()).isEqualTo(0.5);
    }

    @Test
    void restsAMotorWhoseLeaseRunsOut() {
        motor(1, 100).power(0.3);

        time.advance(LEASE.multipliedBy(2));

        assertThat(told).containsExactly(0.3, 0.0);
    }

    @Test
    void refusesPowerWhileTheEmergencyStopIsEngaged() {
        Motor motor = motor(1, 100);
        stop.engage("ana", "smoke");

        assertThatThrownBy(() -> motor.power(0.1))
                .isInstanceOf(EmergencyStopEngagedException.class);
        assertThat(told).containsExactly(0.0);
    }

    @Test
    void putsARelayIntoItsSafeStateAndKeepsItThere() {
        var states = new ArrayList<Boolean>();
        Relay relay =
                Guarded.relay(
                        new Relay() {
                            @Override
                            public String name() {
                                return "pump";
                            }

                            @Override
                            public PartSheet sheet() {
                                return PartSheet.actuator(
                                        "relay", "off", PartSheet.commanded("on", "share", 0, 1));
                            }

                            @Override
                            public void set(boolean on) {
                                states.add(on);
                            }

                            @Override
                            public boolean on() {
                                return states.getLast();
                            }

                            @Override
                            public void rest() {
                                states.add(false);
                            }
                        },
                        stop);
        relay.set(true);

        stop.engage("ana", "smoke");

        assertThat(states).containsExactly(true, false);
        assertThatThrownBy(() -> relay.set(true)).isInstanceOf(EmergencyStopEngagedException.class);
    }

    @Test
    void letsADrivesSpeedGrowOnlyAsItsLimitsSay() {
        DriveBase drive =
                Guarded.drive(
                        new DriveBase() {
                            @Override
                            public String name() {
                                return "drive";
                            }

                            @Override
                            public void velocity(double metersPerSecond, double degreesPerSecond) {
                                told.add(metersPerSecond);
                            }

                            @Override
                            public Pose pose() {
                                return Pose.ORIGIN;
                            }

                            @Override
                            public DriveLimits limits() {
                                return new DriveLimits(1, 0.5, 90, 180);
                            }

                            @Override
                            public void rest() {}
                        },
                        stop,
                        loop,
                        LEASE);

        drive.velocity(1, 0);
        time.advance(Duration.ofMillis(100));
        drive.velocity(1, 0);
        drive.velocity(0, 0);

        assertThat(told.get(0)).isCloseTo(0.1, within(1e-9));
        assertThat(told.get(1)).isCloseTo(0.15, within(1e-9));
        assertThat(told.get(2)).isZero();
    }

    @Test
    void safeStatesComeBackAsTheyWent() {
        List<SafeState> states =
                List.of(
                        new SafeState.Level("pinctrl-rp1", 17, true),
                        new SafeState.Setting(Path.of("/sys/class/pwm/pwmchip0/pwm1/enable"), "0"),
                        new SafeState.Register(Path.of("/dev/i2c-1"), 0x41, 0x09, 0x10),
                        new SafeState.Frame("can0", new CanFrame(0x0B0C, true, 4, 0xA0860100L)));

        assertThat(states)
                .allSatisfy(state -> assertThat(SafeState.decode(state.encode())).isEqualTo(state));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "level",
                "level\tchip\tx\t1",
                "register\t/dev/i2c-1\t65\t9",
                "register\t/dev/i2c-1\t65\t9\tten",
                "frame\tcan0\t99999\tfalse\t4\t0",
                "frame\tcan0\t12\tfalse\t9\t0",
                "somersault\t1"
            })
    void whatIsNoSafeStateIsRefused(String line) {
        assertThatThrownBy(() -> SafeState.decode(line))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
