package dev.outrider.kernel;

import dev.outrider.model.Degradation;
import dev.outrider.model.Readiness;
import dev.outrider.model.Route;
import dev.outrider.model.RoutingPolicy;
import dev.outrider.model.Rung;
import dev.outrider.model.Situation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Picks the rungs for a command from the sender's policy and the robot's situation. */
public final class Router {

    /**
     * Where the local model gives way to lighter rungs.
     *
     * @param hottestCelsius the hottest processor zone at which it still runs
     * @param leastCharge the lowest battery, 0 to 1, unless fed from outside
     * @param leastMemory the least share of memory available, 0 to 1
     * @param mostQueued the most commands waiting
     */
    public record Limits(
            double hottestCelsius, double leastCharge, double leastMemory, int mostQueued) {

        /** 85 °C, 15 % charge, 5 % memory, 8 waiting. */
        public static final Limits DEFAULT = new Limits(85, 0.15, 0.05, 8);
    }

    private final Limits limits;

    public Router(Limits limits) {
        this.limits = limits;
    }

    /**
     * The rungs to try.
     *
     * @param readiness of every rung that exists
     */
    public Route route(RoutingPolicy policy, Situation situation, Map<Rung, Readiness> readiness) {
        Set<Degradation> degraded = EnumSet.noneOf(Degradation.class);
        Map<Rung, String> left = new EnumMap<>(Rung.class);
        out(readiness, Rung.CLOUD, left);
        out(readiness, Rung.LOCAL, left);
        if (!left.containsKey(Rung.LOCAL)) {
            strained(situation, left, degraded);
        }
        if (left.containsKey(Rung.CLOUD)) {
            degraded.add(Degradation.NO_CLOUD);
        }
        if (left.containsKey(Rung.LOCAL)) {
            degraded.add(Degradation.NO_LOCAL);
        }
        List<Rung> rungs = new ArrayList<>(preferred(policy));
        rungs.removeIf(left::containsKey);
        rungs.add(Rung.REFLEX);
        return new Route(rungs, left, List.copyOf(degraded));
    }

    private static List<Rung> preferred(RoutingPolicy policy) {
        return switch (policy) {
            case PREFER_ON_DEVICE -> List.of(Rung.LOCAL, Rung.CLOUD);
            case ONLY_ON_DEVICE -> List.of(Rung.LOCAL);
            case PREFER_IN_CLOUD -> List.of(Rung.CLOUD, Rung.LOCAL);
            case ONLY_IN_CLOUD -> List.of(Rung.CLOUD);
        };
    }

    private static void out(Map<Rung, Readiness> readiness, Rung rung, Map<Rung, String> left) {
        @Nullable Readiness state = readiness.get(rung);
        if (state instanceof Readiness.Out(String reason)) {
            left.put(rung, reason);
        } else if (state == null) {
            left.put(rung, rung.wireName() + " is not configured");
        }
    }

    private void strained(Situation situation, Map<Rung, String> left, Set<Degradation> degraded) {
        if (situation.temperatureCelsius().orElse(Double.NaN) > limits.hottestCelsius()) {
            degraded.add(Degradation.HOT);
            left.put(Rung.LOCAL, "the processor is too hot for the local model");
        }
        if (situation.memoryAvailable().orElse(Double.NaN) < limits.leastMemory()) {
            degraded.add(Degradation.LOW_MEMORY);
            left.put(Rung.LOCAL, "memory is too short for the local model");
        }
        if (!situation.external() && situation.charge().orElse(Double.NaN) < limits.leastCharge()) {
            degraded.add(Degradation.LOW_BATTERY);
            left.put(Rung.LOCAL, "the battery is too low for the local model");
        }
        if (situation.queued() > limits.mostQueued()) {
            left.put(Rung.LOCAL, "too many commands are waiting for the local model");
        }
    }
}
