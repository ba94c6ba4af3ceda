package dev.outrider.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outrider.gateway.robot.Robot;
import dev.outrider.gateway.robot.Robot.Limits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Robots that show a certificate. The certificates are made by openssl. */
class MutualTlsTest {

    private final Vertx vertx = Vertx.vertx();

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void makeCertificates() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        authority("ca");
        authority("other-ca");
        signed("server", "ca");
        signed("rover", "ca");
        signed("stranger", "ca");
        signed("intruder", "other-ca");
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void areKnownByItAndShutOutWithAnother() throws Exception {
        try (Gateway gateway = gateway()) {
            String fingerprint = Robot.certificateSha256(folder.resolve("rover.pem"));
            gateway.registrar().add("rover", Set.of(), Limits.UNLIMITED, Set.of(fingerprint));

            await().until(() -> status(gateway, "rover") == 200);
            assertThat(status(gateway, "stranger")).isEqualTo(401);
            assertThat(handshake(gateway, "rover")).contains("HTTP/1.1 200");
            assertThat(handshake(gateway, "intruder")).contains("alert").doesNotContain("HTTP/1.1");
            gateway.registrar().revoke("rover");
            await().until(() -> status(gateway, "rover") == 401);
        }
    }

    private Gateway gateway() {
        Map<String, String> settings =
                Map.of(
                        "gateway.state.folder",
                        folder.toString(),
                        "gateway.wire.port",
                        "0",
                        "gateway.wire.loops",
                        "1",
                        "gateway.wire.tls.certificate",
                        file("server.pem"),
                        "gateway.wire.tls.key",
                        file("server.key"),
                        "gateway.wire.tls.client-ca",
                        file("ca.pem"),
                        "gateway.upstreams.a.url",
                        "http://127.0.0.1:1/v1",
                        "gateway.upstreams.a.models.large",
                        "real");
        return new Gateway(vertx, Settings.of(settings), usage -> {});
    }

    private int status(Gateway gateway, String name) {
        HttpClientOptions options =
                new HttpClientOptions()
                        .setSsl(true)
                        .setVerifyHost(false)
                        .setTrustOptions(new PemTrustOptions().addCertPath(file("ca.pem")))
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .setCertPath(file(name + ".pem"))
                                        .setKeyPath(file(name + ".key")));
        HttpClient client = vertx.createHttpClient(options);
        return client.request(HttpMethod.GET, gateway.port(), "127.0.0.1", "/v1/models")
                .compose(request -> request.send())
                .map(HttpClientResponse::statusCode)
                .onComplete(done -> client.close())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** A robot that shows its certificate even where the gateway did not ask for its authority. */
    private String handshake(Gateway gateway, String name) throws Exception {
        Path asked = folder.resolve("asked");
        Files.writeString(
                asked, "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Path log = folder.resolve(name + ".log");
        Process process =
                new ProcessBuilder(
                                "openssl",
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + gateway.port(),
                                "-cert",
                                file(name + ".pem"),
                                "-key",
                                file(name + ".key"),
                                "-CAfile",
                                file("ca.pem"),
                                "-ign_eof")
                        .redirectErrorStream(true)
                        .redirectInput(asked.toFile())
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(log);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void authority(String name) throws IOException, InterruptedException {
        List<String> command = request(name);
        command.addAll(List.of("-x509", "-days", "1", "-out", file(name + ".pem")));
        openssl(command);
    }

    private void signed(String name, String authority) throws IOException, InterruptedException {
        List<String> command = request(name);
        command.addAll(
                List.of(
                        "-x509",
                        "-days",
                        "1",
                        "-CA",
                        file(authority + ".pem"),
                        "-CAkey",
                        file(authority + ".key"),
                        "-out",
                        file(name + ".pem")));
        openssl(command);
    }

    private List<String> request(String name) {
        return new ArrayList<>(
                List.of(
                        "openssl",
                        "req",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-subj",
                        "/CN=" + name,
                        "-keyout",
                        file(name + ".key")));
    }

    private void openssl(List<String> command) throws IOException, InterruptedException {
        Path log = folder.resolve("openssl.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }
}
