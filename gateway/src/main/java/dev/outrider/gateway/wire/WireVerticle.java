package dev.outrider.gateway.wire;

import dev.outrider.gateway.robot.Robot;
import dev.outrider.gateway.upstream.Ask.Endpoint;
import dev.outrider.gateway.upstream.Pool;
import dev.outrider.gateway.upstream.Pool.Upstreams;
import dev.outrider.gateway.upstream.UpstreamsConfig.AttemptsConfig;
import dev.outrider.gateway.wire.ApiError.Refusal;
import dev.outrider.gateway.wire.Wire.ListenOptions;
import dev.outrider.gateway.wire.Wire.Services;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the wire. */
final class WireVerticle extends AbstractVerticle {

    private static final Buffer OPENAPI = Buffer.buffer(document());

    private final WireConfig limits;
    private final AttemptsConfig attempts;
    private final Pool pool;
    private final Services services;
    private @Nullable Upstreams upstreams;
    private @Nullable ConnectionGuard guard;
    private @Nullable HttpServer server;

    WireVerticle(WireConfig limits, AttemptsConfig attempts, Pool pool, Services services) {
        this.limits = limits;
        this.attempts = attempts;
        this.pool = pool;
        this.services = services;
    }

    private static byte[] document() {
        try (InputStream in = WireVerticle.class.getResourceAsStream("/openapi.json")) {
            return Objects.requireNonNull(in, "openapi.json is missing in the jar").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read openapi.json", e);
        }
    }

    Vertx vertx() {
        return vertx;
    }

    Context context() {
        return context;
    }

    Upstreams upstreams() {
        return Objects.requireNonNull(upstreams);
    }

    Services services() {
        return services;
    }

    WireConfig limits() {
        return limits;
    }

    /** The port it listens on. */
    int port() {
        return Objects.requireNonNull(server).actualPort();
    }

    @Override
    public void start(Promise<Void> started) {
        HttpServer opened = vertx.createHttpServer(ListenOptions.of(limits));
        server = opened;
        upstreams = Upstreams.open(vertx, attempts, pool);
        ConnectionGuard connections = new ConnectionGuard(vertx, limits);
        guard = connections;
        opened.connectionHandler(connections::opened)
                .invalidRequestHandler(WireVerticle::notHttp)
                .requestHandler(this::request)
                .listen()
                .<Void>mapEmpty()
                .recover(e -> release().transform(closed -> Future.failedFuture(e)))
                .onComplete(started);
    }

    /**
     * Closes what a loop opened that cannot listen. Vert.x leaves it to the finalizer, which fails
     * with a stack trace where it comes after the last event loop has ended.
     */
    private Future<Void> release() {
        Future<Void> closed = Objects.requireNonNull(server).close();
        return closed.transform(ended -> upstreams().client().close());
    }

    /** A head that is no HTTP, or larger than allowed. */
    private static void notHttp(HttpServerRequest request) {
        ApiError error = ApiError.badRequest("The request is not valid HTTP or too large.", null);
        request.response()
                .setStatusCode(error.status())
                .putHeader("Content-Type", "application/json")
                .end(error.json())
                .onComplete(sent -> request.connection().close());
    }

    private void request(HttpServerRequest request) {
        ConnectionGuard connections = Objects.requireNonNull(guard);
        connections.busy(request.connection());
        request.response().endHandler(v -> connections.free(request.connection()));
        UsageDraft draft = new UsageDraft(InstantSource.system());
        switch (request.method() + " " + request.path()) {
            case "POST /v1/chat/completions" ->
                    new Exchange(this, Endpoint.CHAT, request, draft).begin();
            case "POST /v1/embeddings" ->
                    new Exchange(this, Endpoint.EMBEDDINGS, request, draft).begin();
            default -> small(request, draft);
        }
    }

    private void small(HttpServerRequest request, UsageDraft draft) {
        Reply reply = new Reply(vertx, request, draft.id());
        Duration limit = limits.body();
        BodyIntake.read(vertx, request, limits.maxBodyBytes(), limit, false)
                .onSuccess(body -> answer(request, reply))
                .onFailure(
                        e -> reply.error(e instanceof Refusal r ? r.error() : ApiError.broken()));
    }

    private void answer(HttpServerRequest request, Reply reply) {
        @Nullable String path = request.path();
        if ("/openapi.json".equals(path) && request.method().equals(HttpMethod.GET)) {
            reply.json(OPENAPI);
            return;
        }
        if (!request.method().equals(HttpMethod.GET)
                || path == null
                || !(path.equals("/v1/models") || path.startsWith("/v1/models/"))) {
            reply.error(ApiError.noSuchPath());
            return;
        }
        Optional<Robot> robot = new Door(services.roster()).robot(request);
        if (robot.isEmpty()) {
            reply.error(ApiError.unauthenticated());
        } else {
            models(robot.get(), path.substring("/v1/models".length()), reply);
        }
    }

    private void models(Robot robot, String rest, Reply reply) {
        ModelList models = new ModelList(pool.models(), robot);
        if (rest.isEmpty()) {
            reply.json(models.all());
            return;
        }
        String id = rest.substring(1);
        Optional<Buffer> one = models.one(id);
        one.ifPresentOrElse(reply::json, () -> reply.error(ApiError.noSuchModel(id)));
    }
}
