package dev.outrider.gateway.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;

/** The pool as one event loop reaches it: with its own connections, so no call changes threads. */
public record Upstreams(Vertx vertx, HttpClient client, AttemptsConfig limits, Pool pool) {

    private static final int KEEP_ALIVE_SECONDS = 30;

    /** Must be called on the event loop that will use it. */
    public static Upstreams open(Vertx vertx, AttemptsConfig limits, Pool pool) {
        HttpClientOptions options =
                new HttpClientOptions()
                        .setMaxPoolSize(limits.connections())
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setMaxHeaderSize(32 * 1024)
                        .setDecompressionSupported(false);
        HttpClient client = vertx.createHttpClient(options);
        return new Upstreams(vertx, client, limits, pool);
    }
}
