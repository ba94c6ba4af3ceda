package dev.outrider.gateway.admin;

import dev.outrider.gateway.Service;
import dev.outrider.gateway.cli.RobotView;
import dev.outrider.gateway.robot.Registrar;
import dev.outrider.gateway.robot.Robot;
import dev.outrider.gateway.robot.Robot.Limits;
import dev.outrider.gateway.robot.Token;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Robots, for their owner: what {@code outrider gateway robots} does, over HTTP. */
@Path("/admin/robots")
public final class RobotsResource {

    private final Service service;

    RobotsResource(Service service) {
        this.service = service;
    }

    private Registrar registrar() {
        return service.gateway().registrar();
    }

    @GET
    public List<RobotView> all() {
        return registrar().all().stream().map(RobotView::of).toList();
    }

    /** Answers the new robot's token, once. */
    @POST
    public Response add(RightsBody body) {
        if (body == null || body.name() == null) {
            throw new IllegalArgumentException("\"name\" is missing");
        }
        Token token =
                registrar()
                        .add(
                                body.name(),
                                body.modelsOr(Set.of()),
                                body.limitsOr(Limits.UNLIMITED),
                                body.certificatesOr(Set.of()));
        return Response.status(201)
                .entity(Map.of("name", body.name(), "token", token.reveal()))
                .build();
    }

    /** Answers the new token, once; the old stays valid for the grace. */
    @POST
    @Path("/{name}/rotate")
    public Map<String, String> rotate(
            String name, @QueryParam("graceSeconds") @DefaultValue("3600") long graceSeconds) {
        if (graceSeconds < 0) {
            throw new IllegalArgumentException("\"graceSeconds\" must not be negative");
        }
        Token token = registrar().rotate(name, Duration.ofSeconds(graceSeconds));
        return Map.of("name", name, "token", token.reveal());
    }

    @PATCH
    @Path("/{name}")
    public RobotView change(String name, RightsBody body) {
        if (body == null) {
            throw new IllegalArgumentException("the body is missing");
        }
        registrar().change(name, body::applied);
        return RobotView.of(registrar().named(name).orElseThrow());
    }

    @DELETE
    @Path("/{name}")
    public RobotView revoke(String name) {
        registrar().revoke(name);
        return RobotView.of(registrar().named(name).orElseThrow());
    }

    /**
     * What a robot may, as the API takes it: what is null stays as it is, a limit below zero is
     * none, and an empty list of models is every one.
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
}
