package dev.outrider.gateway.robot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.gateway.robot.Counters.Spend;
import dev.outrider.gateway.robot.Robot.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryCountersTest extends CountersContract {

    private final MemoryCounters counters = new MemoryCounters(clock, Map.of());

    @Override
    protected Counters counters() {
        return counters;
    }

    @Test
    void goesOnFromWhatWasSpentBeforeItStarted() {
        Robot robot = robot(new Limits(10, 10, 3, 10, 10));
        Map<String, Spend> spent = Map.of(robot.name(), new Spend(3, 1, 1));

        Counters.Admission admission =
                new MemoryCounters(clock, spent).admit(robot, LONG).toCompletableFuture().join();

        assertThat(admission)
                .isInstanceOfSatisfying(
                        Counters.Admission.Refused.class,
                        r -> assertThat(r.limit()).isEqualTo(Counters.Limit.DAILY_REQUESTS));
    }
}
