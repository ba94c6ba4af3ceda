package dev.outrider.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.gateway.bench.FaultUpstream;
import dev.outrider.gateway.robot.Robot.Limits;
import dev.outrider.gateway.robot.Token;
import dev.outrider.gateway.store.PostgresServer;
import dev.outrider.gateway.store.RedisServer;
import dev.outrider.gateway.usage.Usage;
import dev.outrider.gateway.usage.UsageStore.Query;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole replicas over real state. */
class ReplicasTest {

    private static final String CHAT =
            "{\"model\":\"large\",\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]}";
    private static final Limits THOUSAND =
            new Limits(Limits.NONE, Limits.NONE, 1000, Limits.NONE, Limits.NONE);

    private final Vertx vertx = Vertx.vertx();
    private final FaultUpstream upstream = FaultUpstream.listen("a", 0, false);
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir private Path folder = Path.of("");

    @AfterEach
    void close() {
        client.shutdownNow();
        upstream.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void refuseARevokedTokenWithinASecondEverywhere() {
        try (Gateway one = replica(Map.of());
                Gateway two = replica(Map.of())) {
            Token token = one.registrar().add("rover", Set.of(), Limits.UNLIMITED, Set.of());
            await().until(() -> ask(one, token) == 200 && ask(two, token) == 200);

            one.registrar().revoke("rover");

            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> ask(one, token) == 401 && ask(two, token) == 401);
        }
    }

    @Test
    void rememberWhatWasSpentBeforeARestart() {
        Token token;
        try (Gateway before = replica(Map.of())) {
            Limits one = new Limits(Limits.NONE, Limits.NONE, 1, Limits.NONE, Limits.NONE);
            token = before.registrar().add("rover", Set.of(), one, Set.of());
            await().until(() -> ask(before, token) == 200);
        }

        try (Gateway after = replica(Map.of())) {
            assertThat(ask(after, token)).isEqualTo(429);
        }
    }

    @Test
    void keepPromptsOnlyWhereSwitchedOnAndWithoutRedactedFields() {
        Map<String, String> prompts =
                Map.of("gateway.audit.prompts", "true", "gateway.audit.redact", "content,user");
        try (Gateway replica = replica(prompts)) {
            Token token = replica.registrar().add("rover", Set.of(), Limits.UNLIMITED, Set.of());
            await().until(() -> ask(replica, token) == 200);

            await().until(() -> !recorded(replica).isEmpty());
            assertThat(recorded(replica).getFirst().prompt())
                    .contains("\"content\":\"[redacted]\"")
                    .doesNotContain("go");
        }
    }

    @Test
    void letExactlyTheBudgetPassHoweverManyClientsAskBoth(@TempDir Path postgresFolder)
            throws Exception {
        try (PostgresServer postgres = PostgresServer.start(postgresFolder);
                RedisServer redis = RedisServer.start(folder)) {
            Map<String, String> shared =
                    Map.of(
                            "gateway.state.jdbc-url", postgres.jdbcUrl(),
                            "gateway.state.user", "postgres",
                            "gateway.state.redis", redis.uri());
            try (Gateway one = replica(shared);
                    Gateway two = replica(shared)) {
                Token token = one.registrar().add("rover", Set.of(), THOUSAND, Set.of());
                await().until(() ->
                        modelsStatus(one, token) == 200 && modelsStatus(two, token) == 200);

                assertThat(passedOf(1300, 50, List.of(one, two), token)).isEqualTo(1000);
                assertThat(upstream.calls()).isEqualTo(1000);
            }
        }
    }

    private long passedOf(int requests, int clients, List<Gateway> replicas, Token token)
            throws Exception {
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService robots = Executors.newFixedThreadPool(clients)) {
            for (int i = 0; i < requests; i++) {
                Gateway replica = replicas.get(i % replicas.size());
                answers.add(robots.submit(() -> ask(replica, token)));
            }
        }
        long passed = 0;
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isIn(200, 429);
            passed += answer.get() == 200 ? 1 : 0;
        }
        return passed;
    }

    private static List<Usage> recorded(Gateway gateway) {
        Instant soon = Instant.now().plusSeconds(60);
        return gateway.usages().find(new Query("rover", Instant.EPOCH, soon, 10));
    }

    private Gateway replica(Map<String, String> more) {
        Map<String, String> all = new HashMap<>();
        all.put("gateway.state.folder", folder.toString());
        all.put("gateway.wire.port", "0");
        all.put("gateway.wire.loops", "1");
        all.put("gateway.upstreams.a.url", upstream.url().toString());
        all.put("gateway.upstreams.a.models.large", "real");
        all.putAll(more);
        return new Gateway(vertx, Settings.of(all), usage -> {});
    }

    private int ask(Gateway gateway, Token token) {
        return status(
                request(gateway, "/v1/chat/completions", token)
                        .POST(HttpRequest.BodyPublishers.ofString(CHAT)));
    }

    private int modelsStatus(Gateway gateway, Token token) {
        return status(request(gateway, "/v1/models", token));
    }

    private static HttpRequest.Builder request(Gateway gateway, String path, Token token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .header("Authorization", "Bearer " + token.reveal());
    }

    private int status(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .join()
                .statusCode();
    }
}
