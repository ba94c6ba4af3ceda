package dev.outrider.gateway.wire;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The answer on its way to the robot. */
final class Reply {

    /** A connection that must be closed gets this long to take the last answer. */
    private static final long CLOSE_AFTER_MS = 1000;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;

    Reply(Vertx vertx, HttpServerRequest request, String id) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        response.putHeader("X-Request-Id", id);
    }

    int status() {
        return response.getStatusCode();
    }

    /** Whether some of a stream is sent. */
    boolean begun() {
        return response.headWritten();
    }

    void json(Buffer body) {
        response.putHeader("Content-Type", "application/json");
        var _ = response.end(body);
    }

    void error(ApiError error) {
        response.setStatusCode(error.status());
        if (error.retryAfter() != null) {
            response.putHeader("Retry-After", ApiError.seconds(error.retryAfter()));
        }
        if (!request.isEnded()) {
            response.putHeader("Connection", "close");
            closeSoon();
        }
        json(error.json());
    }

    void events(Buffer events) {
        if (!begun()) {
            response.setChunked(true)
                    .putHeader("Content-Type", "text/event-stream")
                    .putHeader("Cache-Control", "no-cache")
                    .putHeader("X-Accel-Buffering", "no");
        }
        var _ = response.write(events);
    }

    void end() {
        var _ = response.end();
    }

    /** Tells the robot, as the last event of its stream, why there is no rest. */
    void breakOff(ApiError error) {
        boolean stuck = full();
        Buffer event = Buffer.buffer("data: ").appendBuffer(error.json()).appendString("\n\n");
        var _ = response.end(event);
        if (stuck) {
            closeSoon();
        }
    }

    boolean full() {
        return response.writeQueueFull();
    }

    void onDrain(Runnable drained) {
        response.drainHandler(v -> drained.run());
    }

    private void closeSoon() {
        vertx.setTimer(
                CLOSE_AFTER_MS,
                id -> {
                    var _ = request.connection().close();
                });
    }
}
