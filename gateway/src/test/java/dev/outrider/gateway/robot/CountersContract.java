package dev.outrider.gateway.robot;

import static dev.outrider.gateway.robot.Counters.Limit.CONCURRENT;
import static dev.outrider.gateway.robot.Counters.Limit.DAILY_COST;
import static dev.outrider.gateway.robot.Counters.Limit.DAILY_REQUESTS;
import static dev.outrider.gateway.robot.Counters.Limit.DAILY_TOKENS;
import static dev.outrider.gateway.robot.Counters.Limit.REQUESTS_PER_MINUTE;
import static dev.outrider.gateway.robot.Robot.Limits.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.gateway.robot.Robot.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Counters} does. */
public abstract class CountersContract {

    protected static final Duration LONG = Duration.ofMinutes(1);

    /** A quarter of a minute and of a day before their ends. */
    protected final FakeClock clock = new FakeClock(Instant.parse("2026-03-01T18:00:45Z"));

    protected abstract Counters counters();

    @Test
    protected void admitsUpToTheRateOfAMinute() {
        Robot robot = robot(new Limits(2, NONE, NONE, NONE, NONE));

        settle(granted(robot), 0, 0);
        settle(granted(robot), 0, 0);

        assertThat(refused(robot).limit()).isEqualTo(REQUESTS_PER_MINUTE);
        assertThat(refused(robot).retryAfter()).isEqualTo(Duration.ofSeconds(15));
        clock.advance(Duration.ofSeconds(15));
        settle(granted(robot), 0, 0);
    }

    @Test
    protected void admitsAsManyAtOnceAsAllowed() {
        Robot robot = robot(new Limits(NONE, 2, NONE, NONE, NONE));
        Counters.Lease first = granted(robot);
        granted(robot);

        assertThat(refused(robot).limit()).isEqualTo(CONCURRENT);
        settle(first, 0, 0);
        granted(robot);
    }

    @Test
    protected void endsTheDaysBudgetsAndRenewsThemAtMidnight() {
        Robot requests = robot(new Limits(NONE, NONE, 1, NONE, NONE));
        Robot tokens = robot(new Limits(NONE, NONE, NONE, 100, NONE));
        Robot cost = robot(new Limits(NONE, NONE, NONE, NONE, 5000));

        settle(granted(requests), 1, 1);
        settle(granted(tokens), 60, 1);
        settle(granted(tokens), 60, 1);
        settle(granted(cost), 1, 5000);

        assertThat(refused(requests).limit()).isEqualTo(DAILY_REQUESTS);
        assertThat(refused(tokens).limit()).isEqualTo(DAILY_TOKENS);
        assertThat(refused(cost).limit()).isEqualTo(DAILY_COST);
        assertThat(refused(cost).retryAfter()).isEqualTo(Duration.parse("PT5H59M15S"));
        clock.advance(Duration.parse("PT5H59M15S"));
        granted(requests);
        granted(tokens);
        granted(cost);
    }

    @Test
    protected void countsEachRobotByItself() {
        Limits one = new Limits(NONE, NONE, 1, NONE, NONE);

        granted(robot(one));
        granted(robot(one));
    }

    @Test
    protected void admitsExactlyTheBudgetHoweverManyAskAtOnce() {
        Robot robot = robot(new Limits(NONE, NONE, 1000, NONE, NONE));

        List<Counters.Admission> admissions =
                IntStream.range(0, 1500).parallel().mapToObj(i -> admit(robot)).toList();

        assertThat(admissions.stream().filter(a -> a instanceof Counters.Admission.Granted))
                .hasSize(1000);
    }

    private int robots;

    /** A robot nobody counted yet. */
    protected Robot robot(Limits limits) {
        String name = "r-" + Long.toHexString(System.nanoTime()) + "-" + robots++;
        return new Robot(name, Set.of(), limits, List.of(), Set.of(), false);
    }

    protected Counters.Admission admit(Robot robot) {
        return counters().admit(robot, LONG).toCompletableFuture().join();
    }

    protected Counters.Lease granted(Robot robot) {
        Counters.Admission admission = admit(robot);
        assertThat(admission).isInstanceOf(Counters.Admission.Granted.class);
        return ((Counters.Admission.Granted) admission).lease();
    }

    protected Counters.Admission.Refused refused(Robot robot) {
        await().until(() -> admit(robot) instanceof Counters.Admission.Refused);
        return (Counters.Admission.Refused) admit(robot);
    }

    protected void settle(Counters.Lease lease, long tokens, long microUsd) {
        counters().settle(lease, tokens, microUsd);
    }
}
