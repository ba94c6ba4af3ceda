package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every drive base keeps to, standing on open floor. */
public abstract class DriveBaseContract extends PartContract {

    @Override
    protected abstract DriveBase part();

    /** Lets the time go by. */
    protected abstract void elapse(Duration time);

    @Test
    protected void goesAheadWhenToldTo() {
        DriveBase drive = part();

        drive.velocity(drive.limits().metersPerSecond() / 2, 0);
        elapse(Duration.ofMillis(100));

        assertThat(drive.pose().x()).isPositive();
        assertThat(drive.pose().heading()).isZero();
    }

    @Test
    void turnsLeftForAPositiveRate() {
        DriveBase drive = part();

        drive.velocity(0, drive.limits().degreesPerSecond() / 2);
        elapse(Duration.ofMillis(100));

        assertThat(drive.pose().heading()).isPositive();
    }

    @Test
    void standsStillAfterRest() {
        DriveBase drive = part();
        drive.velocity(drive.limits().metersPerSecond(), 0);
        elapse(Duration.ofMillis(100));

        drive.rest();
        Pose rested = drive.pose();
        elapse(Duration.ofMillis(500));

        assertThat(drive.pose()).isEqualTo(rested);
    }

    @Test
    void goesAgainAfterRest() {
        DriveBase drive = part();
        drive.rest();

        drive.velocity(drive.limits().metersPerSecond(), 0);
        elapse(Duration.ofMillis(100));

        assertThat(drive.pose().x()).isPositive();
    }

    @Test
    void cutsSpeedsToItsLimits() {
        DriveBase drive = part();

        drive.velocity(1e6, 0);
        elapse(Duration.ofMillis(150));

        assertThat(drive.pose().x()).isLessThan(drive.limits().metersPerSecond() * 0.15);
    }

    @Test
    void refusesASpeedThatIsNoNumber() {
        DriveBase drive = part();

        assertThatThrownBy(() -> drive.velocity(Double.NaN, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(drive.pose().x()).isCloseTo(0, within(1e-12));
    }
}
