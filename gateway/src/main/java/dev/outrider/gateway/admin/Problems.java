package dev.outrider.gateway.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.outrider.gateway.store.Database.StoreFailure;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What the owner's API answers when it does not do what was asked. */
final class Problems {

    static Response answer(int status, String message) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Map.of("error", Map.of("message", message)))
                .build();
    }

    @ServerExceptionMapper
    Response refused(IllegalArgumentException e) {
        return answer(400, String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    Response notJson(JsonProcessingException e) {
        return answer(400, "not the JSON that is expected: " + e.getOriginalMessage());
    }

    @ServerExceptionMapper
    Response notADay(DateTimeParseException e) {
        return answer(400, "a time looks like 2026-03-01T12:00:00Z: " + e.getParsedString());
    }

    @ServerExceptionMapper
    Response storeGone(StoreFailure e) {
        return answer(503, String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    Response other(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        return answer(status == 405 ? 404 : status, String.valueOf(e.getMessage()));
    }
}
