package dev.outrider.gateway.admin;

import dev.outrider.gateway.Gateway;
import dev.outrider.gateway.Service;
import dev.outrider.gateway.robot.Counters.Spend;
import dev.outrider.gateway.usage.UsageStore.Query;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** How things are now, for the owner's page. */
@Path("/admin/status")
public final class StatusResource {

    private static final int LATEST = 200;
    private static final int SHOWN = 20;

    /**
     * What the page shows.
     *
     * @param upstreams with their health: closed, open or resting
     * @param spentToday by robot, in UTC
     * @param errors the latest requests of the last hour that were not answered, newest first
     */
    public record Status(
            List<UpstreamStatus> upstreams,
            Map<String, Spend> spentToday,
            List<Map<String, Object>> errors) {}

    /** One upstream. */
    public record UpstreamStatus(String name, String health, Map<String, String> models) {}

    private final Service service;

    StatusResource(Service service) {
        this.service = service;
    }

    @GET
    public Status status() {
        Gateway gateway = service.gateway();
        Instant now = Instant.now();
        Query lastHour =
                new Query(null, now.minus(1, ChronoUnit.HOURS), now.plusSeconds(1), LATEST);
        return new Status(
                gateway.pool().upstreams().stream()
                        .map(u -> new UpstreamStatus(u.name(), u.health(), u.models()))
                        .toList(),
                gateway.usages().spentSince(now.truncatedTo(ChronoUnit.DAYS)),
                gateway.usages().find(lastHour).stream()
                        .filter(u -> !u.outcome().equals("done"))
                        .limit(SHOWN)
                        .map(u -> u.json().getMap())
                        .toList());
    }
}
