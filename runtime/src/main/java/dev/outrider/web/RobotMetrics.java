package dev.outrider.web;

import dev.outrider.Robot;
import dev.outrider.kernel.Tally;
import dev.outrider.model.Readiness;
import dev.outrider.model.Rung;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The robot's figures for Prometheus. */
@ApplicationScoped
public class RobotMetrics {

    private static final List<String> OUTCOMES =
            List.of("done", "planned", "refused", "failed", "expired", "cancelled", "uncertain");

    private final MeterRegistry registry;

    RobotMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Begins to measure a robot. */
    public void bind(Robot robot) {
        gauge(
                robot,
                "outrider_battery_charge",
                r -> r.body().state().battery().charge().orElse(Double.NaN));
        gauge(robot, "outrider_estop_engaged", r -> r.body().state().emergencyStop() ? 1 : 0);
        gauge(robot, "outrider_mqtt_connected", r -> r.link().connected() ? 1 : 0);
        gauge(robot, "outrider_commands_waiting", r -> r.kernel().queued());
        for (Rung rung : Rung.values()) {
            Gauge.builder("outrider_rung_ready", robot, r -> ready(r, rung))
                    .tag("rung", rung.wireName())
                    .register(registry);
        }
        Tally tally = robot.kernel().tally();
        for (String outcome : OUTCOMES) {
            FunctionCounter.builder("outrider_commands", tally, t -> t.of(outcome))
                    .tag("outcome", outcome)
                    .register(registry);
        }
    }

    private void gauge(Robot robot, String name, ToDoubleFunction<Robot> figure) {
        Gauge.builder(name, robot, figure).register(registry);
    }

    private static double ready(Robot robot, Rung rung) {
        return robot.ladder().readiness().get(rung) instanceof Readiness.Ready ? 1 : 0;
    }
}
