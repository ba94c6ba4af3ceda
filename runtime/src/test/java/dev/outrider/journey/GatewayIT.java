package dev.outrider.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.Deadline;
import dev.outrider.kernel.FakeBody;
import dev.outrider.kernel.Ladder;
import dev.outrider.kernel.Ladder.Ruling;
import dev.outrider.kernel.RungConfig;
import dev.outrider.kernel.SafetyGate;
import dev.outrider.model.Action;
import dev.outrider.model.Route;
import dev.outrider.model.Rung;
import dev.outrider.reason.CloudConfig;
import dev.outrider.reason.CloudReasoner;
import dev.outrider.reason.ReflexReasoner;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The robot before real gateways: two replicas as processes, one model server behind both. */
class GatewayIT {

    private static final Path GATEWAY = Path.of("..", "gateway", "target", "quarkus-app");
    private static final String FIRST = "{\\\"do\\\":\\\"drive\\\",\\\"distance\\\":0.1}";
    private static final String SECOND = "{\\\"do\\\":\\\"turn\\\",\\\"angle\\\":5}";
    private static final int CLIENTS = 4;
    private static final int COMMANDS = 400;

    /** The answer in whose middle a replica is killed. */
    private static final int HELD = 40;

    /** A span, and the service that it is of. */
    private record Traced(String service, Span span) {}

    private final List<Process> processes = new ArrayList<>();
    private final List<Traced> spans = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private HttpServer server;

    @TempDir Path folder;

    @BeforeEach
    void listen() throws IOException {
        assumeTrue(
                Files.exists(GATEWAY.resolve("quarkus-run.jar")),
                "the gateway is not built: run the build from the root");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::answer);
        server.createContext("/v1/traces", this::collect);
        server.start();
    }

    @AfterEach
    void stop() {
        released.countDown();
        processes.forEach(Process::destroyForcibly);
        server.stop(0);
    }

    @Test
    void noAnswerFailsWhereOneOfTwoReplicasIsKilledUnderLoad() throws Exception {
        String token = token();
        int one = gateway();
        int two = gateway();
        CloudConfig config = CloudConfig.of(address(one) + "," + address(two), "large", token);
        List<Future<Ruling>> rulings = new ArrayList<>();
        try (CloudReasoner cloud = new CloudReasoner(config);
                ExecutorService robots = Executors.newFixedThreadPool(CLIENTS)) {
            Ladder ladder = ladder(cloud);
            for (int i = 0; i < COMMANDS; i++) {
                rulings.add(robots.submit(() -> decide(ladder)));
            }
            assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
            processes.getFirst().destroyForcibly().waitFor();
            released.countDown();
        }

        List<Ruling> failed = new ArrayList<>();
        for (Future<Ruling> ruling : rulings) {
            if (!isWhole(ruling.get())) {
                failed.add(ruling.get());
            }
        }
        assertThat(failed).isEmpty();
        assertThat(asked).hasValueGreaterThan(COMMANDS); // the held answer was asked for again
    }

    @Test
    void theGatewaysTraceIsJoinedWithTheRobots() throws Exception {
        String tracing =
                "quarkus.otel.sdk.disabled=false\n"
                        + "quarkus.otel.exporter.otlp.protocol=http/protobuf\n"
                        + "quarkus.otel.exporter.otlp.endpoint=http://127.0.0.1:"
                        + server.getAddress().getPort()
                        + "\nquarkus.otel.bsp.schedule.delay=100ms\n";
        String token = token();
        int port = gateway(tracing.lines().toArray(String[]::new));
        Path config = folder.resolve("robot.properties");
        Files.writeString(config, tracing + "outrider.cloud.key=" + token + "\n");

        try (RobotProcess robot =
                RobotProcess.start(
                        folder.resolve("data"),
                        "--config",
                        config.toString(),
                        "--cloud-model",
                        "large",
                        "--cloud-url",
                        address(port))) {
            var outcome =
                    robot.command("send", "--mode", "only_in_cloud", "--json", "greet us").json();
            assertThat(outcome.path("outcome").asText()).isEqualTo("done");
            assertThat(outcome.at("/decidedBy/rung").asText()).isEqualTo("cloud");

            await().atMost(Duration.ofSeconds(30)).until(() -> !children().isEmpty());
        }
        assertThat(spans.toString()).doesNotContain(token);
    }

    private static boolean isWhole(Ruling ruling) {
        return ruling instanceof Ruling.Accepted accepted
                && accepted.decision().decider().equals("cloud")
                && accepted.decision().degraded().isEmpty()
                && accepted.plan().actions().stream()
                        .map(Action::verb)
                        .toList()
                        .equals(List.of("drive", "turn"));
    }

    /** The gateway's spans that were begun by a call of the robot's. */
    private List<Traced> children() {
        List<Traced> children = new ArrayList<>();
        for (Traced parent : of("outrider")) {
            for (Traced child : of("outrider-gateway")) {
                if (child.span().getTraceId().equals(parent.span().getTraceId())
                        && child.span().getParentSpanId().equals(parent.span().getSpanId())
                        && !parent.span().getTraceId().equals(ByteString.EMPTY)) {
                    children.add(child);
                }
            }
        }
        return children;
    }

    private List<Traced> of(String service) {
        return spans.stream().filter(traced -> traced.service().equals(service)).toList();
    }

    private Ladder ladder(CloudReasoner cloud) {
        return new Ladder(
                Map.of(cloud, RungConfig.CLOUD, new ReflexReasoner(), RungConfig.REFLEX),
                new SafetyGate(),
                new FakeBody(),
                Clock.systemUTC(),
                List::of);
    }

    private static Ruling decide(Ladder ladder) {
        return ladder.decide(
                "greet us",
                new Route(List.of(Rung.CLOUD, Rung.REFLEX), Map.of(), List.of()),
                Deadline.in(Duration.ofSeconds(60), System::nanoTime),
                new Cancellation());
    }

    private static String address(int port) {
        return "http://127.0.0.1:" + port + "/v1";
    }

    private String token() throws IOException, InterruptedException {
        Path out = folder.resolve("token.json");
        Process process = start(out, List.of(), "robots", "add", "rover-1", "--json");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return PlanJson.MAPPER.readTree(out.toFile()).path("token").asText();
    }

    /** Starts a replica and waits until it listens; its port. */
    private int gateway(String... more) throws IOException {
        int port = freePort();
        List<String> properties =
                new ArrayList<>(
                        List.of(
                                "gateway.wire.port=" + port,
                                "quarkus.http.port=" + freePort(),
                                "gateway.upstreams.a.url=http://127.0.0.1:"
                                        + server.getAddress().getPort()
                                        + "/v1",
                                "gateway.upstreams.a.models.large=m"));
        properties.addAll(List.of(more));
        Path log = folder.resolve("gateway-" + port + ".log");
        Process process = start(log, properties, "run");
        processes.add(process);
        await().atMost(Duration.ofSeconds(60)).until(() -> listens(port) || !process.isAlive());
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
        return port;
    }

    private Process start(Path out, List<String> properties, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dgateway.state.folder=" + folder.resolve("state"));
        properties.forEach(property -> command.add("-D" + property));
        command.addAll(List.of("-jar", GATEWAY.resolve("quarkus-run.jar").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve(out.getFileName() + ".err").toFile())
                .start();
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Streams a plan of two actions, or what is left of it; one answer waits in its middle. */
    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int count = asked.incrementAndGet();
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            if (body.contains("Already decided")) {
                event(out, "[" + SECOND + "]");
            } else {
                event(out, "[" + FIRST + ",");
                if (count == HELD) {
                    held.countDown();
                    released.await();
                }
                event(out, SECOND + "]");
            }
            out.write(
                    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
                            .getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void event(OutputStream out, String content) throws IOException {
        String delta = "{\"index\":0,\"delta\":{\"content\":\"" + content + "\"}}";
        out.write(("data: {\"choices\":[" + delta + "]}\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void collect(HttpExchange exchange) throws IOException {
        ExportTraceServiceRequest traces = ExportTraceServiceRequest.parseFrom(decoded(exchange));
        traces.getResourceSpansList()
                .forEach(resource -> {
                    String service =
                            resource.getResource().getAttributesList().stream()
                                    .filter(attribute -> attribute.getKey().equals("service.name"))
                                    .map(attribute -> attribute.getValue().getStringValue())
                                    .findFirst()
                                    .orElse("");
                    resource.getScopeSpansList().stream()
                            .flatMap(scope -> scope.getSpansList().stream())
                            .forEach(span -> spans.add(new Traced(service, span)));
                });
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static java.io.InputStream decoded(HttpExchange exchange) throws IOException {
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return gzip
                ? new java.util.zip.GZIPInputStream(exchange.getRequestBody())
                : exchange.getRequestBody();
    }
}
