package dev.outrider.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.FakeBody;
import dev.outrider.kernel.Reasoner;
import dev.outrider.kernel.Reasoner.Question;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.kernel.ReasonerContract;
import dev.outrider.kernel.ReasoningFailure;
import dev.outrider.model.Action;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudReasonerTest extends ReasonerContract {

    private static final String DRIVE = "{\\\"do\\\":\\\"drive\\\",\\\"distance\\\":2}";
    private static final String TURN = "{\\\"do\\\":\\\"turn\\\",\\\"angle\\\":90}";

    private interface Upstream {
        void answer(HttpExchange exchange, OutputStream out) throws Exception;
    }

    private final List<Action> decided = Collections.synchronizedList(new ArrayList<>());
    private volatile CompletableFuture<String> request = new CompletableFuture<>();
    private final CompletableFuture<String> authorization = new CompletableFuture<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private Upstream upstream = (exchange, out) -> {};
    private String contentType = "text/event-stream";
    private int status = 200;
    private HttpServer server;
    private CloudReasoner cloud;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::handle);
        server.start();
        cloud =
                new CloudReasoner(
                        CloudConfig.of(
                                "http://127.0.0.1:" + server.getAddress().getPort(),
                                "large",
                                "sesame"));
    }

    @AfterEach
    void stop() {
        over.countDown();
        cloud.close();
        server.stop(0);
    }

    @Override
    protected Reasoner reasoner() {
        upstream =
                (exchange, out) -> {
                    boolean goesOn = request.join().contains("Already decided");
                    delta(out, goesOn ? "[" + TURN + "]" : "[" + DRIVE + "," + TURN + "]");
                };
        return cloud;
    }

    @Override
    protected String understood() {
        return "drive forward 2 meters, then turn left 90 degrees";
    }

    @Test
    void readsAStreamedPlan() {
        upstream =
                (exchange, out) -> {
                    delta(out, "{\\\"plan\\\":[" + DRIVE + ",");
                    delta(out, TURN + "]}");
                    line(out, "data: [DONE]");
                };

        Thought thought = think();

        assertThat(((Thought.Planned) thought).plan().actions()).hasSize(2).isEqualTo(decided);
        assertThat(authorization.join()).isEqualTo("Bearer sesame");
    }

    @Test
    void tellsTheModelWhatTheRobotCanDo() throws Exception {
        upstream = (exchange, out) -> delta(out, "[" + DRIVE + "]");

        think();

        var body = PlanJson.MAPPER.readTree(request.join());
        assertThat(body.path("model").asText()).isEqualTo("large");
        assertThat(body.path("stream").asBoolean()).isTrue();
        assertThat(body.path("messages").path(0).path("content").asText())
                .contains("drive(distance m)", "goto(place dock|kitchen)", "kitchen (cocina)");
        assertThat(body.path("messages").path(1).path("content").asText()).isEqualTo("go on");
        assertThat(body.at("/response_format/json_schema/schema/required/0").asText())
                .isEqualTo("plan");
    }

    @Test
    void readsAnUpstreamThatDoesNotStream() {
        contentType = "application/json";
        upstream =
                (exchange, out) ->
                        out.write(
                                ("{\"choices\":[{\"message\":{\"content\":\"[" + DRIVE + "]\"}}]}")
                                        .getBytes(StandardCharsets.UTF_8));

        assertThat(think()).isInstanceOf(Thought.Planned.class);
    }

    @Test
    void keepsWhatWasCompleteWhenTheUpstreamBreaksOff() {
        upstream = (exchange, out) -> delta(out, "[" + DRIVE + ",{\\\"do\\\":\\\"tu");

        assertThatThrownBy(this::think)
                .isInstanceOf(ReasoningFailure.class)
                .hasMessageContaining("broke off")
                .matches(e -> !((ReasoningFailure) e).repairable());
        assertThat(decided).hasSize(1);
    }

    @Test
    void asksForAMendedAnswerWhenThereIsNoPlanInIt() {
        upstream =
                (exchange, out) -> {
                    delta(out, "I am a language model.");
                    line(out, "data: [DONE]");
                };

        assertThatThrownBy(this::think).matches(e -> ((ReasoningFailure) e).repairable());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 404, 429, 500, 503})
    void failsOnAnyOtherStatusWithoutRepeatingTheBody(int other) {
        status = other;
        upstream = (exchange, out) -> line(out, "key sesame is wrong");

        assertThatThrownBy(this::think)
                .isInstanceOf(ReasoningFailure.class)
                .hasMessage("the cloud answered with HTTP status " + other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>no</html>",
                "",
                "data: not json",
                "data: {\"error\":{\"message\":\"sesame\"}}",
                "data: [1,2",
                "{\"choices\":[]}"
            })
    void failsOnAnAnswerThatIsNone(String text) {
        upstream = (exchange, out) -> line(out, text);

        assertThatThrownBy(this::think)
                .isInstanceOf(ReasoningFailure.class)
                .hasMessageNotContaining("sesame");
    }

    @Test
    void failsOnAnAnswerWithoutEnd() {
        upstream =
                (exchange, out) -> {
                    byte[] much =
                            "data: ".concat("x".repeat(4000)).getBytes(StandardCharsets.UTF_8);
                    while (over.getCount() > 0) {
                        out.write(much);
                    }
                };

        assertThatThrownBy(this::think).hasMessageContaining("too large");
    }

    @Test
    void failsWhenNobodyListens() {
        server.stop(0);

        assertThatThrownBy(this::think).hasMessageContaining("not reachable");
    }

    @Test
    void asksTheNextReplicaWhereOneIsGoneAndAsksItFirstFromThenOn() throws Exception {
        upstream = (exchange, out) -> delta(out, "[" + DRIVE + "]");
        ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        String url = "http://127.0.0.1:" + gone.getLocalPort();
        gone.close();

        try (CloudReasoner replicas = replicas(url + "," + address())) {
            assertThat(replicas.think(question(), decided::add, new Cancellation()))
                    .isInstanceOf(Thought.Planned.class);
            server.stop(0);

            assertThatThrownBy(() -> replicas.think(question(), decided::add, new Cancellation()))
                    .hasMessageContaining("not reachable");
        }
    }

    @Test
    void goesOnAtTheNextReplicaAfterTheLastCompleteAction() {
        upstream =
                (exchange, out) -> {
                    boolean goesOn = request.join().contains("Already decided");
                    delta(out, goesOn ? "[" + TURN + "]" : "[" + DRIVE + ",{\\\"do");
                };

        try (CloudReasoner replicas = replicas(address() + ", " + address())) {
            Thought thought = replicas.think(question(), decided::add, new Cancellation());

            assertThat(((Thought.Planned) thought).plan().actions())
                    .extracting(Action::verb)
                    .containsExactly("drive", "turn");
            assertThat(decided).isEqualTo(((Thought.Planned) thought).plan().actions());
        }
    }

    @Test
    void leavesAReplicaThatDoesNotBeginToAnswerWhileTimeIsLeftForTheNext() throws Exception {
        upstream = (exchange, out) -> delta(out, "[" + DRIVE + "]");
        try (ServerSocket hanging = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                CloudReasoner replicas =
                        replicas("http://127.0.0.1:" + hanging.getLocalPort() + "," + address())) {
            Question soon = question().after(List.of(), Duration.ofSeconds(4));

            assertThat(replicas.think(soon, decided::add, new Cancellation()))
                    .isInstanceOf(Thought.Planned.class);
        }
    }

    @Test
    void letsGoOfAnUpstreamThatHangsWhenCancelled() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        upstream =
                (exchange, out) -> {
                    delta(out, "[" + DRIVE + ",");
                    out.flush();
                    hanging.countDown();
                    over.await();
                };
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        cloud.think(question(), decided::add, cancellation);
                    } catch (ReasoningFailure e) {
                        end.complete(e);
                    }
                });
        hanging.await();
        await().until(() -> decided.size() == 1);

        cancellation.request("enough");

        await().until(end::isDone);
    }

    @Test
    void refusesToSendAKeyOverPlainHttp() {
        assertThatThrownBy(() -> CloudConfig.of("http://example.org/v1", "m", "k"))
                .hasMessageContaining("https");
        assertThat(CloudConfig.of("https://example.org/v1/", "m", "k"))
                .hasToString("CloudConfig[https://example.org/v1/chat/completions, m]");
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static CloudReasoner replicas(String urls) {
        return new CloudReasoner(CloudConfig.of(urls, "large", ""));
    }

    private Thought think() {
        return cloud.think(question(), decided::add, new Cancellation());
    }

    private static Question question() {
        FakeBody body = new FakeBody();
        return new Question(
                "go on",
                body.capabilities(),
                body.places(),
                body.state(),
                List.of(),
                "",
                Duration.ofSeconds(20));
    }

    private void handle(HttpExchange exchange) throws IOException {
        request = new CompletableFuture<>();
        request.complete(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        authorization.complete(exchange.getRequestHeaders().getFirst("Authorization"));
        exchange.getResponseHeaders().add("Content-Type", contentType);
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            upstream.answer(exchange, out);
        } catch (IOException e) {
            over.countDown(); // the reasoner let go
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static void delta(OutputStream out, String content) throws IOException {
        line(out, "data: {\"choices\":[{\"delta\":{\"content\":\"" + content + "\"}}]}");
        line(out, "");
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
