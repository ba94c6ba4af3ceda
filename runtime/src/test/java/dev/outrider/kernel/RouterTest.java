package dev.outrider.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.model.Degradation;
import dev.outrider.model.Readiness;
import dev.outrider.model.Route;
import dev.outrider.model.RoutingPolicy;
import dev.outrider.model.Rung;
import dev.outrider.model.Situation;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {

    private static final Readiness READY = new Readiness.Ready();
    private static final Map<Rung, Readiness> ALL =
            Map.of(Rung.CLOUD, READY, Rung.LOCAL, READY, Rung.REFLEX, READY);

    private final Router router = new Router(Router.Limits.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        "PREFER_ON_DEVICE, LOCAL CLOUD REFLEX",
        "ONLY_ON_DEVICE, LOCAL REFLEX",
        "PREFER_IN_CLOUD, CLOUD LOCAL REFLEX",
        "ONLY_IN_CLOUD, CLOUD REFLEX"
    })
    void ordersTheRungsByPolicyWithReflexLast(RoutingPolicy policy, String rungs) {
        Route route = router.route(policy, calm(), ALL);

        assertThat(String.join(" ", route.rungs().stream().map(Rung::name).toList()))
                .isEqualTo(rungs);
        assertThat(route.degraded()).isEmpty();
    }

    @Test
    void leavesOutWhatIsNotThereAndSaysWhy() {
        Route route =
                router.route(
                        RoutingPolicy.PREFER_IN_CLOUD,
                        calm(),
                        Map.of(
                                Rung.CLOUD,
                                new Readiness.Out("cloud is not configured"),
                                Rung.REFLEX,
                                READY));

        assertThat(route.rungs()).containsExactly(Rung.REFLEX);
        assertThat(route.left())
                .containsEntry(Rung.CLOUD, "cloud is not configured")
                .containsEntry(Rung.LOCAL, "local is not configured");
        assertThat(route.degraded())
                .containsExactlyInAnyOrder(Degradation.NO_CLOUD, Degradation.NO_LOCAL);
    }

    @ParameterizedTest
    @CsvSource({
        "0.9, false, 86, 0.5, 0, HOT",
        "0.1, false, 40, 0.5, 0, LOW_BATTERY",
        "0.9, false, 40, 0.01, 0, LOW_MEMORY",
        "0.9, false, 40, 0.5, 9, NO_LOCAL"
    })
    void leavesTheLocalModelOutWhenTheRobotIsStrained(
            double charge,
            boolean external,
            double hot,
            double memory,
            int queued,
            Degradation why) {
        Situation strained = situation(charge, external, hot, memory, queued);

        Route route = router.route(RoutingPolicy.PREFER_ON_DEVICE, strained, ALL);

        assertThat(route.rungs()).containsExactly(Rung.CLOUD, Rung.REFLEX);
        assertThat(route.degraded()).contains(why, Degradation.NO_LOCAL);
    }

    @Test
    void runsTheLocalModelOnALowBatteryThatIsFedFromOutside() {
        Route route =
                router.route(RoutingPolicy.ONLY_ON_DEVICE, situation(0.05, true, 40, 0.5, 0), ALL);

        assertThat(route.rungs()).containsExactly(Rung.LOCAL, Rung.REFLEX);
    }

    @Test
    void treatsWhatIsUnknownAsNoReasonToLeaveARungOut() {
        Situation unknown =
                new Situation(
                        OptionalDouble.empty(),
                        false,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        0,
                        Duration.ofSeconds(1));

        Route route = router.route(RoutingPolicy.ONLY_ON_DEVICE, unknown, ALL);

        assertThat(route.rungs()).containsExactly(Rung.LOCAL, Rung.REFLEX);
    }

    private static Situation calm() {
        return situation(0.9, false, 40, 0.5, 0);
    }

    private static Situation situation(
            double charge, boolean external, double hot, double memory, int queued) {
        return new Situation(
                OptionalDouble.of(charge),
                external,
                OptionalDouble.of(hot),
                OptionalDouble.of(memory),
                queued,
                Duration.ofSeconds(30));
    }
}
