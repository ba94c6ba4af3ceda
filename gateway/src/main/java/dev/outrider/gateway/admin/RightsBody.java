package dev.outrider.gateway.admin;

import dev.outrider.gateway.robot.Limits;
import dev.outrider.gateway.robot.Robot;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a robot may, as the API takes it: what is null stays as it is, a limit below zero is none,
 * and an empty list of models is every one.
 */
record RightsBody(
        @Nullable String name,
        @Nullable List<String> models,
        @Nullable List<String> certificates,
        @Nullable Long requestsPerMinute,
        @Nullable Long concurrent,
        @Nullable Long dailyRequests,
        @Nullable Long dailyTokens,
        @Nullable Long dailyMicroUsd) {

    Set<String> modelsOr(Set<String> before) {
        return models == null ? before : Set.copyOf(models);
    }

    Set<String> certificatesOr(Set<String> before) {
        return certificates == null ? before : Set.copyOf(certificates);
    }

    Limits limitsOr(Limits before) {
        return new Limits(
                or(requestsPerMinute, before.requestsPerMinute()),
                or(concurrent, before.concurrent()),
                or(dailyRequests, before.dailyRequests()),
                or(dailyTokens, before.dailyTokens()),
                or(dailyMicroUsd, before.dailyMicroUsd()));
    }

    Robot applied(Robot robot) {
        return robot.with(limitsOr(robot.limits()))
                .withModels(modelsOr(robot.models()))
                .withCertificates(certificatesOr(robot.certificates()));
    }

    private static long or(@Nullable Long given, long before) {
        if (given == null) {
            return before;
        }
        return given < 0 ? Limits.NONE : given;
    }
}
