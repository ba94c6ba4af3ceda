package dev.outrider.gateway.upstream;

import static dev.outrider.gateway.upstream.Failure.Kind.CUT;
import static dev.outrider.gateway.upstream.Failure.Kind.HUNG;
import static dev.outrider.gateway.upstream.Failure.Kind.REFUSED;

import dev.outrider.gateway.upstream.Receiver.Tokens;
import dev.outrider.gateway.upstream.UpstreamsConfig.AttemptsConfig;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call to one upstream, from connecting to the last byte. Whatever happens, it tells its sink
 * one ending, and leaves no work behind: a connection whose answer has not ended is closed.
 */
final class UpstreamCall implements AnswerReader.Findings {

    /** Where the call's answer goes. */
    interface Sink {

        /** A whole answer. */
        void whole(Buffer body);

        /** Checked events. */
        void events(Buffer events);

        /** The stream is complete. */
        void done();

        void failed(Failure failure);
    }

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamCall.class);

    /** What an upstream has to say besides 200 is read up to here. */
    private static final int MAX_REFUSAL_BYTES = 64 * 1024;

    /** An answer that is complete gets this long to end in good order, to keep its connection. */
    private static final long LINGER_MS = 50;

    private final Vertx vertx;
    private final HttpClient client;
    private final AttemptsConfig limits;
    private final Upstream upstream;
    private final Ask ask;
    private final Sink sink;
    private final AnswerReader reader;
    private final long startedNanos = System.nanoTime();
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private long timer;
    private long lastEventNanos = startedNanos;
    private boolean over;
    private boolean ended;

    UpstreamCall(
            Vertx vertx,
            HttpClient client,
            AttemptsConfig limits,
            Upstream upstream,
            Ask ask,
            Sink sink) {
        this.vertx = vertx;
        this.client = client;
        this.limits = limits;
        this.upstream = upstream;
        this.ask = ask;
        this.sink = sink;
        this.reader = AnswerReader.of(ask, limits.maxBytes(), this);
    }

    /**
     * Starts it.
     *
     * @param limit longest wait for the first event or the whole answer
     * @param headers passed on to the upstream
     */
    void start(Duration limit, MultiMap headers) {
        timer =
                vertx.setTimer(
                        Math.max(1, limit.toMillis()),
                        id -> fail(Failure.of(HUNG, "upstream did not answer in its time")));
        client.request(options(limit, headers)).onComplete(this::connected);
    }

    /** Ends it from this side, silently. */
    void cancel() {
        if (!over) {
            close();
        }
    }

    void pause() {
        if (response != null) {
            response.pause();
        }
    }

    void resume() {
        if (response != null) {
            response.resume();
        }
    }

    Tokens tokens() {
        return reader.tokens();
    }

    Duration took() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private RequestOptions options(Duration limit, MultiMap headers) {
        URI url = upstream.config().url();
        boolean tls = "https".equals(url.getScheme());
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost(url.getHost())
                        .setPort(url.getPort() > 0 ? url.getPort() : tls ? 443 : 80)
                        .setSsl(tls)
                        .setURI(url.getPath() + ask.endpoint().path())
                        .setConnectTimeout(Math.min(limits.connect().toMillis(), limit.toMillis()))
                        .setHeaders(MultiMap.caseInsensitiveMultiMap().addAll(headers))
                        .putHeader("Content-Type", "application/json")
                        .putHeader("X-Deadline-Ms", Long.toString(limit.toMillis()))
                        .putHeader(
                                "Accept",
                                ask.streaming() ? "text/event-stream" : "application/json");
        upstream.key().ifPresent(key -> options.putHeader("Authorization", "Bearer " + key));
        return options;
    }

    private void connected(AsyncResult<HttpClientRequest> connected) {
        if (connected.failed()) {
            LOG.debug("cannot connect to upstream {}", upstream.name(), connected.cause());
            fail(Failure.of(REFUSED, "upstream cannot be connected to"));
            return;
        }
        request = connected.result();
        if (over) {
            var _ = request.reset();
            return;
        }
        request.exceptionHandler(e -> fail(Failure.of(CUT, "upstream closed the connection")));
        request.response().onSuccess(this::answered).onFailure(e -> cut());
        var _ = request.end(ask.bodyFor(Objects.requireNonNull(model())));
    }

    private @Nullable String model() {
        return upstream.models().get(ask.model());
    }

    private void answered(HttpClientResponse answer) {
        if (over) {
            return;
        }
        response = answer;
        answer.exceptionHandler(e -> cut());
        if (answer.statusCode() == 200) {
            answer.handler(this::data);
            answer.endHandler(v -> end());
        } else {
            refused(answer);
        }
    }

    private void data(Buffer chunk) {
        if (!over) {
            reader.data(chunk);
        }
    }

    private void end() {
        ended = true;
        if (!over) {
            reader.end();
        }
    }

    private void refused(HttpClientResponse answer) {
        Buffer said = Buffer.buffer();
        answer.handler(chunk -> {
            if (said.length() < MAX_REFUSAL_BYTES) {
                said.appendBuffer(chunk);
            } else {
                refused(answer, said);
            }
        });
        answer.endHandler(v -> {
            ended = true;
            refused(answer, said);
        });
    }

    private void refused(HttpClientResponse answer, Buffer said) {
        Refusal refusal = new Refusal(InstantSource.system(), upstream.key());
        fail(refusal.of(answer.statusCode(), answer.headers(), said));
    }

    @Override
    public void whole(Buffer body) {
        close();
        sink.whole(body);
    }

    @Override
    public void events(Buffer events) {
        if (over) {
            return;
        }
        lastEventNanos = System.nanoTime();
        if (timer != 0 && reader.started()) {
            vertx.cancelTimer(timer);
            timer = 0;
            watchForStall(limits.stall());
        }
        sink.events(events);
    }

    private void watchForStall(Duration wait) {
        timer = vertx.setTimer(Math.max(1, wait.toMillis()), id -> stalled());
    }

    private void stalled() {
        long quiet = System.nanoTime() - lastEventNanos;
        Duration left = limits.stall().minusNanos(quiet);
        if (left.isPositive()) {
            watchForStall(left);
        } else {
            fail(Failure.of(HUNG, "upstream paused for too long in its stream"));
        }
    }

    @Override
    public void done() {
        over = true;
        vertx.cancelTimer(timer);
        vertx.setTimer(LINGER_MS, id -> reset());
        sink.done();
    }

    @Override
    public void bad(Failure failure) {
        fail(failure);
    }

    private void cut() {
        fail(Failure.of(CUT, "upstream ended the connection before its answer"));
    }

    private void fail(Failure failure) {
        if (!over) {
            close();
            sink.failed(failure);
        }
    }

    private void close() {
        over = true;
        vertx.cancelTimer(timer);
        reset();
    }

    private void reset() {
        if (!ended && request != null) {
            var _ = request.reset();
        }
    }
}
