package dev.outrider.gateway.wire;

import dev.outrider.gateway.wire.ApiError.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a request's body to its end before anything is answered: an answer that races the body
 * gets cut. Bounded in size and time. What nobody needs is read and dropped.
 */
final class BodyIntake {

    /** A body too large is still read up to this many times the limit, so its sender can listen. */
    private static final int DRAIN_FACTOR = 8;

    private final Vertx vertx;
    private final int maxBytes;
    private final boolean kept;
    private final Promise<Buffer> read = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private long seen;

    private BodyIntake(Vertx vertx, int maxBytes, boolean kept) {
        this.vertx = vertx;
        this.maxBytes = maxBytes;
        this.kept = kept;
    }

    /**
     * The body, or a {@link Refusal}: 408 if it is late, 413 if it is too large.
     *
     * @param kept false where the request is refused anyway
     */
    static Future<Buffer> read(
            Vertx vertx, HttpServerRequest request, int maxBytes, Duration limit, boolean kept) {
        return new BodyIntake(vertx, maxBytes, kept).read(request, limit);
    }

    private Future<Buffer> read(HttpServerRequest request, Duration limit) {
        if (claimed(request) > (long) maxBytes * DRAIN_FACTOR) {
            refuse(ApiError.bodyTooLarge(maxBytes));
        }
        long timer =
                vertx.setTimer(Math.max(1, limit.toMillis()), id -> refuse(ApiError.bodyTooSlow()));
        request.handler(this::data);
        request.endHandler(v -> end());
        request.exceptionHandler(e -> refuse(ApiError.badRequest("The body was cut.", null)));
        return read.future().onComplete(r -> vertx.cancelTimer(timer));
    }

    private static long claimed(HttpServerRequest request) {
        @Nullable String length = request.getHeader("Content-Length");
        return length == null || length.length() > 18 ? 0 : Long.parseLong(length);
    }

    private void data(Buffer chunk) {
        seen += chunk.length();
        if (seen > (long) maxBytes * DRAIN_FACTOR) {
            refuse(ApiError.bodyTooLarge(maxBytes));
        } else if (kept && seen <= maxBytes) {
            body.appendBuffer(chunk);
        }
    }

    private void end() {
        if (seen > maxBytes) {
            refuse(ApiError.bodyTooLarge(maxBytes));
        } else {
            read.tryComplete(body);
        }
    }

    private void refuse(ApiError error) {
        read.tryFail(new Refusal(error));
    }
}
