package dev.outrider.gateway.cli;

import dev.outrider.gateway.robot.Robot;
import dev.outrider.gateway.robot.Robot.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A robot as people and programs read it: no secret, and null for no limit.
 *
 * @param models null for every model
 * @param tokens how many are valid or were
 */
public record RobotView(
        String name,
        boolean revoked,
        @Nullable List<String> models,
        @Nullable Long requestsPerMinute,
        @Nullable Long concurrent,
        @Nullable Long dailyRequests,
        @Nullable Long dailyTokens,
        @Nullable Long dailyMicroUsd,
        int tokens,
        List<String> certificates) {

    public static RobotView of(Robot robot) {
        Limits limits = robot.limits();
        return new RobotView(
                robot.name(),
                robot.revoked(),
                robot.models().isEmpty() ? null : List.copyOf(new TreeSet<>(robot.models())),
                shown(limits.requestsPerMinute()),
                shown(limits.concurrent()),
                shown(limits.dailyRequests()),
                shown(limits.dailyTokens()),
                shown(limits.dailyMicroUsd()),
                robot.tokens().size(),
                List.copyOf(new TreeSet<>(robot.certificates())));
    }

    private static @Nullable Long shown(long limit) {
        return limit == Limits.NONE ? null : Long.valueOf(limit);
    }

    String text() {
        List<String> parts = new ArrayList<>();
        parts.add(name + (revoked ? " (revoked)" : ""));
        parts.add("models " + (models == null ? "any" : String.join(" ", models)));
        parts.add("per minute " + text(requestsPerMinute));
        parts.add("at once " + text(concurrent));
        parts.add("a day " + text(dailyRequests) + " requests");
        parts.add(text(dailyTokens) + " tokens");
        parts.add((dailyMicroUsd == null ? "any" : dailyMicroUsd / 1e6) + " USD");
        return String.join(", ", parts);
    }

    private static String text(@Nullable Long limit) {
        return limit == null ? "any" : limit.toString();
    }
}
