package dev.outrider.gateway.wire;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes connections that take too long to send a request's head, or the next request. */
final class ConnectionGuard {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);

    private final Vertx vertx;
    private final WireConfig limits;
    private final Map<HttpConnection, Long> timers = new HashMap<>();

    ConnectionGuard(Vertx vertx, WireConfig limits) {
        this.vertx = vertx;
        this.limits = limits;
    }

    void opened(HttpConnection connection) {
        watch(connection, limits.head().toMillis());
        connection.exceptionHandler(e -> LOG.debug("a robot cut its connection", e));
        connection.closeHandler(v -> stop(connection));
    }

    /** A request's head is there. */
    void busy(HttpConnection connection) {
        stop(connection);
    }

    /** Its answer is sent. */
    void free(HttpConnection connection) {
        watch(connection, limits.idle().toMillis());
    }

    private void watch(HttpConnection connection, long millis) {
        stop(connection);
        timers.put(
                connection,
                vertx.setTimer(
                        millis,
                        id -> {
                            timers.remove(connection);
                            var _ = connection.close();
                        }));
    }

    private void stop(HttpConnection connection) {
        @Nullable Long timer = timers.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
