package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "180,180",
        "-180,180",
        "190,-170",
        "-190,170",
        "720,0",
        "539,179",
        "-540,180"
    })
    void bringsHeadingsIntoHalfATurnEitherWay(double given, double normal) {
        assertThat(new Pose(0, 0, given).heading()).isCloseTo(normal, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"170,-170,20", "-170,170,-20", "0,180,180", "10,350,-20"})
    void takesTheShorterTurn(double from, double to, double turn) {
        assertThat(Pose.turn(from, to)).isCloseTo(turn, within(1e-9));
    }

    @Test
    void seesLeftAsPositive() {
        assertThat(new Point(0, 0).bearingTo(new Point(0, 2))).isEqualTo(90);
        assertThat(new Point(1, 1).moved(2, 180).distanceTo(new Point(-1, 1)))
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void refusesAPoseThatIsNoNumber() {
        assertThatThrownBy(() -> new Pose(0, Double.NaN, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesLimitsOfZero() {
        assertThatThrownBy(() -> new DriveLimits(0, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsColorsByNameInAnyCase() {
        assertThat(LampColor.named(" Red ")).contains(LampColor.RED);
        assertThat(LampColor.named("ultraviolet")).isEmpty();
    }
}
