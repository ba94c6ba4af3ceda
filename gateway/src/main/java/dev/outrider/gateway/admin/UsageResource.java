package dev.outrider.gateway.admin;

import dev.outrider.gateway.Service;
import dev.outrider.gateway.usage.Csv;
import dev.outrider.gateway.usage.Usage;
import dev.outrider.gateway.usage.UsageStore.Query;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What robots used, for their owner. Times are as {@code 2026-03-01T12:00:00Z}; today if absent.
 */
@Path("/admin/usage")
public final class UsageResource {

    private final Service service;

    UsageResource(Service service) {
        this.service = service;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<Map<String, Object>> json(
            @QueryParam("robot") @Nullable String robot,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        return find(robot, from, to, limit).stream().map(u -> u.json().getMap()).toList();
    }

    @GET
    @Produces("text/csv")
    public String csv(
            @QueryParam("robot") @Nullable String robot,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @DefaultValue("100000") int limit) {
        return Csv.of(find(robot, from, to, limit));
    }

    private List<Usage> find(
            @Nullable String robot, @Nullable String from, @Nullable String to, int limit) {
        Instant now = Instant.now();
        Instant first = from == null ? now.truncatedTo(ChronoUnit.DAYS) : Instant.parse(from);
        Instant last = to == null ? now.plusSeconds(1) : Instant.parse(to);
        return service.gateway().usages().find(new Query(robot, first, last, limit));
    }
}
