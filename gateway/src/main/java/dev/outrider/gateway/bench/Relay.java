package dev.outrider.gateway.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;

/** A relay that looks at nothing: the floor of what any hop over HTTP costs on this machine. */
public final class Relay extends AbstractVerticle {

    private final int port;
    private final int upstream;

    private Relay(int port, int upstream) {
        this.port = port;
        this.upstream = upstream;
    }

    /** Relays from one loopback port to another, on every processor, until the process ends. */
    public static void run(int port, int upstream) {
        Vertx vertx = Vertx.vertx();
        int loops = Runtime.getRuntime().availableProcessors();
        DeploymentOptions options = new DeploymentOptions().setInstances(loops);
        vertx.deployVerticle(() -> new Relay(port, upstream), options)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Override
    public void start() {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(4096));
        var _ =
                vertx.createHttpServer()
                        .requestHandler(request -> relay(client, request))
                        .listen(port, "127.0.0.1");
    }

    private void relay(HttpClient client, HttpServerRequest from) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(from.method())
                        .setHost("127.0.0.1")
                        .setPort(upstream)
                        .setURI(from.uri())
                        .setHeaders(from.headers());
        var _ =
                from.body()
                        .compose(body ->
                                client.request(options)
                                        .onSuccess(to -> endWith(from, to))
                                        .compose(to -> to.send(body)))
                        .onSuccess(answer -> back(answer, from))
                        .onFailure(e -> from.response().reset());
    }

    private static void endWith(HttpServerRequest from, HttpClientRequest to) {
        from.response().closeHandler(v -> to.reset());
    }

    private static void back(HttpClientResponse answer, HttpServerRequest from) {
        from.response().setStatusCode(answer.statusCode());
        from.response().headers().addAll(answer.headers());
        var _ = answer.pipeTo(from.response()).onFailure(e -> from.response().reset());
    }
}
