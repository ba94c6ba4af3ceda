package dev.outrider.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outrider.gateway.bench.Fault;
import dev.outrider.gateway.bench.FaultUpstream;
import dev.outrider.gateway.bench.FaultUpstream.Script;
import dev.outrider.gateway.wire.Rig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that others wrote, unchanged, against the gateway; install.sh installs them. */
class ClientsTest {

    private static final Path SCRIPTS = Path.of("src", "test", "clients").toAbsolutePath();
    private static final Path INSTALLED = Path.of("target", "clients").toAbsolutePath();
    private static final Map<String, Fault> MODELS =
            new TreeMap<>(
                    Map.of(
                            "refusing", Fault.STATUS_400,
                            "forbidden", Fault.NONE,
                            "limited", Fault.STATUS_429_RETRY_AFTER,
                            "broken", Fault.STATUS_500,
                            "loading", Fault.STATUS_503,
                            "silent", Fault.HANG,
                            "cut", Fault.RESET_MIDWAY));
    private static final String[] CHECKS = {
        "chat",
        "streaming",
        "tools",
        "schema",
        "embeddings",
        "models",
        "400",
        "403",
        "404",
        "429",
        "502",
        "503",
        "504",
        "401",
        "413",
        "cut stream"
    };

    private final List<FaultUpstream> upstreams = new ArrayList<>();
    private Rig rig;

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void open() {
        Map<String, String> settings = new HashMap<>();
        settings.put("gateway.wire.max-body-bytes", "100000");
        upstreams.add(FaultUpstream.listen("a", 0, false));
        MODELS.forEach((model, fault) -> {
            FaultUpstream upstream = FaultUpstream.listen(model, 0, false);
            upstream.behave(Script.failing(fault));
            upstreams.add(upstream);
            settings.put("gateway.upstreams." + model + ".weight", "0");
            settings.put("gateway.upstreams." + model + ".models." + model, "m");
        });
        rig = Rig.with(settings, upstreams.toArray(FaultUpstream[]::new));
        rig.registrar()
                .change(
                        "rover",
                        robot ->
                                robot.withModels(
                                        Set.of(
                                                "large",
                                                "refusing",
                                                "limited",
                                                "broken",
                                                "loading",
                                                "silent",
                                                "cut")));
        rig.roster().refresh();
    }

    @AfterEach
    void close() {
        rig.close();
        upstreams.forEach(FaultUpstream::close);
    }

    @Test
    void ofOpenAiForPythonAreServedAndRaiseTheRightExceptions() throws Exception {
        String out =
                run(
                        installed("python", "bin", "python"),
                        SCRIPTS.resolve("client.py").toString(),
                        address("/v1"),
                        rig.token().reveal());

        assertThat(out.lines()).containsExactly(CHECKS);
    }

    @Test
    void ofOpenAiForJavaScriptAreServedAndRaiseTheRightExceptions() throws Exception {
        String out =
                run(
                        Path.of("node"),
                        SCRIPTS.resolve("client.mjs").toString(),
                        installed("javascript").toString(),
                        address("/v1"),
                        rig.token().reveal());

        assertThat(out.lines()).containsExactly(CHECKS);
    }

    @Test
    void thatFuzzTheOpenApiDocumentFindNoFailureOfOursAndNoUndocumentedStatus() throws Exception {
        String out =
                run(
                        installed("python", "bin", "schemathesis"),
                        "run",
                        document().toString(),
                        "--url",
                        address(""),
                        "--header",
                        "Authorization: Bearer " + rig.token().reveal(),
                        "--checks",
                        "not_a_server_error,status_code_conformance,content_type_conformance,"
                                + "response_headers_conformance,response_schema_conformance",
                        "--mode",
                        "all",
                        "--max-examples",
                        "200",
                        "--seed",
                        "1",
                        "--request-timeout",
                        "20",
                        "--generation-database",
                        "none");

        assertThat(out).contains("Tested: 4").contains("4 passed").doesNotContain("failed");
    }

    /** The document as it is served, but for models that exist and deadlines that can be met. */
    private Path document() throws Exception {
        JsonObject document = new JsonObject(rig.send(rig.request("/openapi.json")).body());
        JsonObject components = document.getJsonObject("components");
        components
                .getJsonObject("parameters")
                .getJsonObject("deadline")
                .getJsonObject("schema")
                .put("minimum", 10_000);
        JsonObject schemas = components.getJsonObject("schemas");
        for (String body : List.of("Chat", "Embeddings")) {
            schemas.getJsonObject(body)
                    .getJsonObject("properties")
                    .getJsonObject("model")
                    .put("enum", List.of("large", "limited", "refusing"));
        }
        return Files.writeString(folder.resolve("openapi.json"), document.encode());
    }

    private String address(String path) {
        return "http://127.0.0.1:" + rig.port() + path;
    }

    private static Path installed(String name, String... more) {
        Path found = INSTALLED.resolve(Path.of(name, more));
        assumeTrue(
                Files.exists(INSTALLED.resolve(name).resolve("pins")),
                "not installed: run gateway/src/test/clients/install.sh");
        return found;
    }

    private String run(Path program, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(out);
        assertThat(ended && process.exitValue() == 0).as(said).isTrue();
        return said;
    }
}
