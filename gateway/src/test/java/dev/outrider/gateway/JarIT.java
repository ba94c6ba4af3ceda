package dev.outrider.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.gateway.bench.FaultUpstream;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program: its command line and its service, as processes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JarIT {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final String CHAT =
            "{\"model\":\"large\",\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final FaultUpstream upstream = FaultUpstream.listen("a", 0, false);
    private final int wirePort = freePort();
    private final int ownerPort = freePort();

    @TempDir private static Path folder = Path.of("");
    private @Nullable Process service;

    private record Ended(int code, String out, String err) {}

    @BeforeAll
    void startTheService() throws IOException {
        service = start(folder.resolve("service.log"), "run");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> status(wire("/v1/models", "none")) == 401);
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (service != null) {
            service.destroy();
            service.waitFor(10, TimeUnit.SECONDS);
        }
        client.shutdownNow();
        upstream.close();
    }

    @Test
    void servesARobotThatTheCommandLineAddedUntilItRevokesIt() throws Exception {
        String token = json(run("robots", "add", "rover", "--json").out()).getString("token");

        await().until(() -> status(chat(token)) == 200);
        Ended limits = run("robots", "limits", "rover", "--per-minute", "100", "--json");
        await().until(() -> run("robots", "usage", "rover").out().contains(",rover,large,chat,"));
        Ended revoked = run("robots", "revoke", "rover");

        assertThat(json(limits.out()).getInteger("requestsPerMinute")).isEqualTo(100);
        assertThat(revoked.code()).isZero();
        await().atMost(Duration.ofSeconds(2)).until(() -> status(chat(token)) == 401);
        assertThat(Files.readString(folder.resolve("service.log"))).doesNotContain(token);
    }

    @Test
    void rotatesATokenWithoutDowntime() throws Exception {
        String first = json(run("robots", "add", "turner", "--json").out()).getString("token");
        await().until(() -> status(chat(first)) == 200);

        String second = json(run("robots", "rotate", "turner", "--json").out()).getString("token");

        await().until(() -> status(chat(second)) == 200);
        assertThat(status(chat(first))).isEqualTo(200);
    }

    @Test
    void endsWith1WhereItRefusesAnd2WhereItIsUsedWrongly() throws Exception {
        assertThat(run("robots", "revoke", "nobody"))
                .satisfies(ended -> {
                    assertThat(ended.code()).isEqualTo(1);
                    assertThat(ended.err()).contains("there is no robot nobody");
                });
        assertThat(run("robots", "add").code()).isEqualTo(2);
        assertThat(run("nonsense").code()).isEqualTo(2);
        assertThat(run("robots", "add", "--help").code()).isZero();
    }

    @Test
    void saysInOneLineWhyItCannotStart() throws Exception {
        Ended ended = run("run");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().lines().filter(line -> line.startsWith("outrider:")).toList())
                .singleElement()
                .asString()
                .contains("in use", Integer.toString(wirePort));
        assertThat(ended.out() + ended.err()).doesNotContain("\tat ");
    }

    @Test
    void letsOnlyTheOwnerUseTheOwnersApi() throws Exception {
        assertThat(status(owner("/admin/robots", "wrong"))).isEqualTo(401);
        HttpResponse<String> added =
                send(
                        owner("/admin/robots", ownerToken())
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"name\":\"lent\",\"dailyRequests\":1}")));
        String token = json(added.body()).getString("token");

        assertThat(added.statusCode()).isEqualTo(201);
        await().until(() -> status(chat(token)) == 200);
        assertThat(status(chat(token))).isEqualTo(429);
        await().until(() ->
                usage("lent", "text/csv").contains(",lent,large,chat,false,200,done,a,"));
        assertThat(send(owner("/admin/status", ownerToken())).body())
                .contains("\"name\":\"a\",\"health\":\"closed\"")
                .contains("insufficient_quota");
        assertThat(status(owner("/admin/robots/lent", ownerToken()).DELETE())).isEqualTo(200);
        await().until(() -> status(chat(token)) == 401);
    }

    @Test
    void refusesAnOwnersRequestThatMakesNoSense() throws Exception {
        for (String body :
                new String[] {"", "{", "[]", "{\"name\":\"A B\"}", "{\"name\":7.5e3,\"x\":1}"}) {
            assertThat(
                            status(
                                    owner("/admin/robots", ownerToken())
                                            .header("Content-Type", "application/json")
                                            .POST(HttpRequest.BodyPublishers.ofString(body))))
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(status(owner("/admin/usage?from=yesterday", ownerToken()))).isEqualTo(400);
        assertThat(status(owner("/admin/nothing", ownerToken()))).isEqualTo(404);
    }

    @Test
    void showsAPageMetricsAndHealth() throws Exception {
        assertThat(send(owner("/", "none")).body()).contains("<title>Outrider gateway</title>");
        assertThat(status(owner("/q/metrics", "none"))).isEqualTo(401);
        assertThat(send(owner("/q/metrics", ownerToken())).body())
                .contains("gateway_upstream_ready{upstream=\"a\"} 1.0");
        assertThat(send(owner("/q/health/ready", "none")).body()).contains("\"UP\"");
    }

    private String ownerToken() throws IOException {
        return Files.readString(folder.resolve("state").resolve("owner-token")).strip();
    }

    private String usage(String robot, String type) throws IOException, InterruptedException {
        return send(owner("/admin/usage?robot=" + robot, ownerToken()).header("Accept", type))
                .body();
    }

    private HttpRequest.Builder chat(String token) {
        return wire("/v1/chat/completions", token).POST(HttpRequest.BodyPublishers.ofString(CHAT));
    }

    private HttpRequest.Builder wire(String path, String token) {
        return request(wirePort, path, token);
    }

    private HttpRequest.Builder owner(String path, String token) {
        return request(ownerPort, path, token);
    }

    private static HttpRequest.Builder request(int port, String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The answer's status; 0 while nobody listens. */
    private int status(HttpRequest.Builder request) {
        try {
            return client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                    .join()
                    .statusCode();
        } catch (CompletionException e) {
            return 0;
        }
    }

    private static JsonObject json(String text) {
        return new JsonObject(text);
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "run", ".out");
        Process process = start(out, arguments);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err(out)));
    }

    private static Path err(Path out) {
        return out.resolveSibling(out.getFileName() + ".err");
    }

    private Process start(Path out, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dgateway.state.folder=" + folder.resolve("state"));
        command.add("-Dgateway.wire.port=" + wirePort);
        command.add("-Dgateway.upstreams.a.url=" + upstream.url());
        command.add("-Dgateway.upstreams.a.models.large=real");
        command.add("-Dquarkus.http.port=" + ownerPort);
        command.add("-jar");
        command.add(JAR.toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err(out).toFile())
                .start();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
