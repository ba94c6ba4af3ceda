package dev.outrider.hal.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.part.EmergencyStopEngagedException;
import dev.outrider.hal.sim.SteppedTime;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetyLoopTest {

    private static final Duration LEASE = Duration.ofMillis(200);

    @TempDir Path folder;

    private final SteppedTime time = new SteppedTime();
    private final RecordingPart part = new RecordingPart();
    private final AtomicBoolean input = new AtomicBoolean();
    private EmergencyStop stop;
    private SafetyLoop loop;

    @BeforeEach
    void open() {
        stop = EmergencyStop.open(folder.resolve("estop"), input::get, Clock.systemUTC());
        loop = new SafetyLoop(stop, time);
        time.onStep(loop::check);
    }

    @Test
    void restsAPartWhoseLeaseRanOut() {
        loop.lease(part, LEASE).refresh();

        time.advance(LEASE);
        var atTheEnd = part.told.toArray();
        time.advance(Duration.ofMillis(10));

        assertThat(atTheEnd).isEmpty();
        assertThat(part.told).containsExactly("rest");
    }

    @Test
    void leavesAPartAloneWhoseLeaseIsRefreshed() {
        Lease lease = loop.lease(part, LEASE);

        for (int i = 0; i < 10; i++) {
            lease.refresh();
            time.advance(LEASE);
        }

        assertThat(part.told).isEmpty();
    }

    @Test
    void restsOnlyOnceForEachRefresh() {
        Lease lease = loop.lease(part, LEASE);
        lease.refresh();
        time.advance(LEASE.multipliedBy(5));
        lease.refresh();

        time.advance(LEASE.multipliedBy(5));

        assertThat(part.told).containsExactly("rest", "rest");
    }

    @Test
    void doesNotRunBeforeTheFirstRefresh() {
        loop.lease(part, LEASE);

        time.advance(LEASE.multipliedBy(3));

        assertThat(part.told).isEmpty();
    }

    @Test
    void refusesALeaseOfNoLength() {
        assertThatThrownBy(() -> loop.lease(part, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void checksTheOtherLeasesWhenAPartFails() {
        var broken = new RecordingPart();
        broken.broken = true;
        loop.lease(broken, LEASE).refresh();
        loop.lease(part, LEASE).refresh();

        assertThatThrownBy(() -> time.advance(LEASE.multipliedBy(2)))
                .hasMessageContaining("unplugged");

        assertThat(part.told).containsExactly("rest");
    }

    @Test
    void guardedDriveGoesToRestUnlessToldAgainInTime() {
        var drive = Guarded.drive(part, stop, loop, LEASE);
        drive.velocity(1, 0);

        time.advance(LEASE.multipliedBy(2));

        assertThat(part.told).containsExactly("move", "rest");
    }

    @Test
    void refusesActuatorsWhileTheEmergencyStopIsEngaged() {
        var drive = Guarded.drive(part, stop, loop, LEASE);
        var gripper = Guarded.gripper(part, stop);
        stop.engage("ana", "smoke");
        part.told.clear();

        assertThatThrownBy(() -> drive.velocity(1, 0))
                .isInstanceOf(EmergencyStopEngagedException.class)
                .hasMessageContaining("smoke");
        assertThatThrownBy(gripper::grip).isInstanceOf(EmergencyStopEngagedException.class);
        assertThatThrownBy(gripper::release).isInstanceOf(EmergencyStopEngagedException.class);

        assertThat(part.told).isEmpty();
    }

    @Test
    void endsAtRestWhenTheStopEngagesInTheMiddleOfACommand() {
        var drive = Guarded.drive(part, stop, loop, LEASE);
        part.duringCommand = () -> stop.engage("ana", "smoke");

        assertThatThrownBy(() -> drive.velocity(1, 0))
                .isInstanceOf(EmergencyStopEngagedException.class);

        assertThat(part.told).containsExactly("rest", "move", "rest");
    }

    @Test
    void restsAPartThatComesUnderAnEngagedStop() {
        stop.engage("ana", "smoke");

        Guarded.drive(part, stop, loop, LEASE).rest();

        assertThat(part.told).containsExactly("rest", "rest");
    }

    @Test
    void noticesTheRedButton() {
        input.set(true);

        time.advance(SafetyLoop.PERIOD);

        assertThat(stop.engaged()).isTrue();
    }

    @Test
    void engagesTheStopWhenAPartWillNotRest() {
        part.broken = true;
        try (var running = new SafetyLoop(stop, Timebase.scaled(100))) {
            running.lease(part, LEASE).refresh();

            running.start();

            await().until(stop::engaged);
        }

        assertThat(stop.engagement().orElseThrow().why()).contains("unplugged");
    }

    @Test
    void checksOnItsOwnThreadUntilClosed() {
        var running = new SafetyLoop(stop, Timebase.scaled(100));
        running.start();
        running.lease(part, LEASE).refresh();
        await().until(() -> part.told.contains("rest"));

        running.close();
        input.set(true);

        assertThat(stop.engaged()).isFalse();
    }

    @Test
    void feedsTheWatchdogFourTimesATimeoutWhileHealthy() {
        var fed = new AtomicInteger();
        loop.whenHealthy(new WatchdogFeed(Duration.ofSeconds(4), fed::incrementAndGet, time));

        time.advance(Duration.ofSeconds(8));

        assertThat(fed).hasValue(8);
    }

    @Test
    void starvesTheWatchdogWhileAPartWillNotRest() {
        var fed = new AtomicInteger();
        loop.whenHealthy(new WatchdogFeed(Duration.ofSeconds(4), fed::incrementAndGet, time));
        part.broken = true;
        Lease lease = loop.lease(part, LEASE);
        lease.refresh();
        time.advance(LEASE);
        int before = fed.get();

        assertThatThrownBy(() -> time.advance(LEASE)).hasMessageContaining("unplugged");

        assertThat(fed).hasValue(before);
    }
}
