package dev.outrider.gateway.upstream;

import dev.outrider.gateway.upstream.Ask.Endpoint;
import dev.outrider.gateway.upstream.Pool.Upstreams;
import dev.outrider.gateway.upstream.UpstreamsConfig.BreakerConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks every upstream whose breaker is open for one token, once an interval, with the model that
 * failed last; an answer closes the breaker. A server whose {@code /models} works while its
 * completions hang stays out.
 */
public final class Probes {

    private final Upstreams upstreams;
    private final Duration interval;
    private final Map<Upstream, UpstreamCall> underWay = new HashMap<>();

    /** Must be called and started on one event loop. */
    public Probes(Upstreams upstreams, BreakerConfig limits) {
        this.upstreams = upstreams;
        this.interval = limits.probe();
    }

    /** Probes until the event loop's verticle ends. */
    public void start() {
        upstreams.vertx().setPeriodic(interval.toMillis(), id -> probeAll());
    }

    private void probeAll() {
        for (Upstream upstream : upstreams.pool().upstreams()) {
            @Nullable Ask failed = upstream.lastFailed();
            if (upstream.broken() && failed != null) {
                probe(upstream, failed);
            }
        }
    }

    /** A probe that still hangs gives way: the upstream may have recovered since it was sent. */
    private void probe(Upstream upstream, Ask failed) {
        @Nullable UpstreamCall hanging = underWay.remove(upstream);
        if (hanging != null) {
            hanging.cancel();
        }
        Ask one = oneToken(failed.endpoint(), failed.model());
        UpstreamCall.Sink sink = new Outcome(upstream);
        var call =
                new UpstreamCall(
                        upstreams.vertx(),
                        upstreams.client(),
                        upstreams.limits(),
                        upstream,
                        one,
                        sink);
        underWay.put(upstream, call);
        call.start(interval, MultiMap.caseInsensitiveMultiMap());
    }

    private static Ask oneToken(Endpoint endpoint, String model) {
        String quoted = Json.quoted(model);
        String start = "{\"model\":";
        String rest =
                switch (endpoint) {
                    case CHAT ->
                            ",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"ping\"}]}";
                    case EMBEDDINGS -> ",\"input\":\"ping\"}";
                };
        int end = start.length() + quoted.getBytes(StandardCharsets.UTF_8).length;
        Ask.Span span = new Ask.Span(start.length(), end);
        Buffer body = Buffer.buffer(start + quoted + rest);
        return new Ask(endpoint, model, false, false, body, span, null);
    }

    /** What a probe finds. */
    private final class Outcome implements UpstreamCall.Sink {

        private final Upstream upstream;

        Outcome(Upstream upstream) {
            this.upstream = upstream;
        }

        @Override
        public void whole(Buffer body) {
            underWay.remove(upstream);
            upstream.recovered();
        }

        @Override
        public void events(Buffer events) {
            throw new IllegalStateException("a probe is no stream");
        }

        @Override
        public void done() {
            throw new IllegalStateException("a probe is no stream");
        }

        @Override
        public void failed(Failure failure) {
            underWay.remove(upstream);
        }
    }
}
