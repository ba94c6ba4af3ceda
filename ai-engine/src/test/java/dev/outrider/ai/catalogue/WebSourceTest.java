package dev.outrider.ai.catalogue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.catalogue.RawServer.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebSourceTest {
    private static final int SIZE = 300_000;
    private static final WebSource WEB =
            new WebSource(
                    Duration.ofMillis(400), 3, Duration.ZERO, Map.of("HF_TOKEN", "hf_secret"));

    @TempDir Path folder;
    private final byte[] content = new byte[SIZE];
    private Path target;

    @BeforeEach
    void fill() {
        new Random(1).nextBytes(content);
        target = folder.resolve("model.gguf");
    }

    @Test
    void fetchesAFileAndTellsHowItGetsOn() throws IOException {
        var told = new ArrayList<Long>();
        try (var server = new RawServer(RawServer.file(content))) {
            WEB.fetch(server.uri("/model.gguf"), target, (long) SIZE, told::add);
        }

        assertThat(target).hasBinaryContent(content);
        assertThat(told).isSorted().endsWith((long) SIZE);
    }

    @Test
    void goesOnWhereTheConnectionWasCut() throws IOException {
        try (var server = new RawServer(RawServer.cut(content, 100_000), RawServer.file(content))) {
            fetch(server, (long) SIZE);

            assertThat(server.requests().get(0).header("Range")).isEqualTo("none");
            assertThat(server.requests().get(1).from()).isEqualTo(100_000);
            assertThat(server.requests().get(1).header("If-Range")).isEqualTo("\"tag\"");
        }
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void goesOnWithWhatAnEarlierProcessLeft() throws IOException {
        try (var server = new RawServer(RawServer.cut(content, 100_000))) {
            assertThatThrownBy(() -> fetch(server, (long) SIZE)).hasMessageContaining("cut off");
        }
        assertThat(target).hasSize(100_000);
        try (var server = new RawServer(RawServer.file(content))) {
            fetch(server, (long) SIZE);

            assertThat(server.requests()).hasSize(1);
            assertThat(server.requests().getFirst().from()).isEqualTo(100_000);
        }
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void asksForNothingWhenItHasEverything() throws IOException {
        Files.write(target, content);
        try (var server = new RawServer(RawServer.file(content))) {
            fetch(server, (long) SIZE);

            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void beginsAgainWhenTheFileThereHasChanged() throws IOException {
        Answer changed =
                (request, out) -> {
                    RawServer.head(out, "200 OK", "ETag: \"new\"", "Content-Length: " + SIZE);
                    out.write(content);
                };
        var old = new byte[SIZE];
        try (var server = new RawServer(RawServer.cut(old, 100_000), changed)) {
            fetch(server, (long) SIZE);
        }

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void beginsAgainWhereNothingTellsWhetherTheFileIsTheSame() throws IOException {
        Answer untagged =
                (request, out) -> {
                    RawServer.head(out, "200 OK", "Content-Length: " + SIZE);
                    out.write(content, 0, request.header("Range").equals("none") ? 100_000 : SIZE);
                };
        try (var server = new RawServer(untagged, RawServer.file(content))) {
            fetch(server, (long) SIZE);

            assertThat(server.requests().get(1).header("Range")).isEqualTo("none");
        }
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void followsRedirectsToOtherHttpAddresses() throws IOException {
        try (var server =
                new RawServer(
                        RawServer.status("302 Found", "Location: /elsewhere?x=1"),
                        RawServer.status("307 Temporary Redirect", "Location: again"),
                        RawServer.file(content))) {
            fetch(server, (long) SIZE);

            assertThat(server.requests().get(1).path()).isEqualTo("/elsewhere?x=1");
            assertThat(server.requests().get(2).path()).isEqualTo("/again");
        }
        assertThat(target).hasBinaryContent(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://127.0.0.1/model",
                "jar:file:/x!/y",
                "http:///nowhere",
                "::: no address"
            })
    void followsNoRedirectAwayFromHttp(String location) throws IOException {
        try (var server = new RawServer(RawServer.status("302 Found", "Location: " + location))) {
            assertThatThrownBy(() -> fetch(server, (long) SIZE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not followed");

            assertThat(server.requests()).hasSize(1);
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void followsNoRedirectDownFromHttps() {
        assertThatThrownBy(() ->
                        WebSource.redirected(
                                URI.create("https://a.example/x"), "http://a.example/x"))
                .hasMessageContaining("not followed");
        assertThatThrownBy(() -> WebSource.redirected(URI.create("https://a.example/x"), null))
                .hasMessageContaining("not followed");
    }

    @Test
    void givesUpARedirectThatGoesInCircles() throws IOException {
        try (var server = new RawServer(RawServer.status("302 Found", "Location: /model.gguf"))) {
            assertThatThrownBy(() -> fetch(server, (long) SIZE))
                    .hasMessageContaining("redirected more than 8 times");

            assertThat(server.requests()).hasSize(9);
        }
    }

    @Test
    void refusesAFileOfAnotherSizeBeforeItIsSent() throws IOException {
        try (var server = new RawServer(RawServer.file(content))) {
            assertThatThrownBy(() -> fetch(server, 299_999L))
                    .hasMessageContaining("has 300000 bytes, and the catalogue says 299999");

            assertThat(server.requests()).hasSize(1);
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void refusesMoreThanTheDiskHolds() throws IOException {
        Answer huge =
                (request, out) -> RawServer.head(out, "200 OK", "Content-Length: " + (1L << 60));
        try (var server = new RawServer(huge)) {
            assertThatThrownBy(() -> fetch(server, null)).hasMessageContaining("make room");
        }
    }

    @Test
    void stopsABodyWithoutEndAtTheSizeTheFileShouldHave() throws IOException {
        Answer endless =
                (request, out) -> {
                    RawServer.head(out, "200 OK", "Transfer-Encoding: chunked");
                    var chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(ISO_8859_1);
                    while (true) {
                        out.write(chunk);
                    }
                };
        try (var server = new RawServer(endless)) {
            assertThatThrownBy(() -> fetch(server, (long) SIZE))
                    .hasMessageContaining("more than 300000 bytes");

            assertThat(server.requests()).hasSize(1);
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void takesABodyOfUnknownLengthWhole() throws IOException {
        Answer chunked =
                (request, out) -> {
                    RawServer.head(out, "200 OK", "Transfer-Encoding: chunked");
                    out.write("5\r\nhello\r\n0\r\n\r\n".getBytes(ISO_8859_1));
                };
        try (var server = new RawServer(chunked)) {
            fetch(server, null);
        }

        assertThat(target).hasContent("hello");
    }

    @Test
    void triesAgainAfterAChunkedBodyThatWasCut() throws IOException {
        Answer cut =
                (request, out) -> {
                    RawServer.head(out, "200 OK", "Transfer-Encoding: chunked");
                    out.write("5\r\nhel".getBytes(ISO_8859_1));
                };
        try (var server = new RawServer(cut, RawServer.file(content))) {
            fetch(server, null);
        }

        assertThat(target).hasBinaryContent(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes 0-299999/300000",
                "bytes 100001-299999/300000",
                "bytes */300000",
                "bytes 100000-/",
                "bytes 99999999999999999999-1/2",
                "lines 1-2/3"
            })
    void takesNoOtherPartThanTheOneItAskedFor(String range) throws IOException {
        Answer wrong =
                (request, out) -> {
                    RawServer.head(
                            out,
                            "206 Partial Content",
                            "Content-Range: " + range,
                            "Content-Length: 200000");
                    out.write(content, 0, 200_000);
                };
        try (var server =
                new RawServer(RawServer.cut(content, 100_000), wrong, RawServer.file(content))) {
            fetch(server, (long) SIZE);

            assertThat(server.requests().get(2).header("Range")).isEqualTo("none");
        }
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void takesNoPartOfALargerFile() throws IOException {
        Answer larger =
                (request, out) -> {
                    RawServer.head(
                            out,
                            "206 Partial Content",
                            "Content-Range: bytes 100000-399999/400000",
                            "Content-Length: 300000");
                    out.write(content);
                };
        try (var server = new RawServer(RawServer.cut(content, 100_000), larger)) {
            assertThatThrownBy(() -> fetch(server, (long) SIZE))
                    .hasMessageContaining("has 400000 bytes");
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void beginsAgainWhenThereIsNoMoreThanItHas() throws IOException {
        try (var server =
                new RawServer(
                        RawServer.cut(content, 100_000),
                        RawServer.status(
                                "416 Range Not Satisfiable", "Content-Range: bytes */100000"),
                        RawServer.file(content))) {
            fetch(server, (long) SIZE);
        }

        assertThat(target).hasBinaryContent(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"404 Not Found", "410 Gone", "400 Bad Request", "304 Not Modified"})
    void doesNotAskAgainForWhatIsNotThere(String status) throws IOException {
        try (var server = new RawServer(RawServer.status(status))) {
            assertThatThrownBy(() -> fetch(server, (long) SIZE)).isInstanceOf(IOException.class);

            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void saysWhatToDoWhereItIsToldToLogIn() throws IOException {
        try (var server = new RawServer(RawServer.status("401 Unauthorized"))) {
            assertThatThrownBy(() -> fetch(server, (long) SIZE))
                    .hasMessageContaining("accept the model's licence")
                    .hasMessageContaining("HF_TOKEN");

            assertThat(server.requests().getFirst().header("Authorization")).isEqualTo("none");
        }
    }

    @Test
    void asksABusyServerAgain() throws IOException {
        try (var server =
                new RawServer(
                        RawServer.status("503 Service Unavailable"),
                        RawServer.status("429 Too Many Requests"),
                        RawServer.file(content))) {
            fetch(server, (long) SIZE);
        }

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void givesUpAServerThatStaysBusy() throws IOException {
        try (var server = new RawServer(RawServer.status("503 Service Unavailable"))) {
            assertThatThrownBy(() -> fetch(server, (long) SIZE)).hasMessageContaining("503");

            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void goesOnAfterAServerFellSilent() throws Exception {
        var done = new CountDownLatch(1);
        Answer silent =
                (request, out) -> {
                    RawServer.cut(content, 100_000).to(request, out);
                    out.flush();
                    done.await();
                };
        try (var server = new RawServer(silent, RawServer.file(content))) {
            fetch(server, (long) SIZE);

            assertThat(server.requests().get(1).from()).isEqualTo(100_000);
        } finally {
            done.countDown();
        }
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void doesNotWaitForAServerThatDrips() throws Exception {
        var never = new CountDownLatch(1);
        Answer dripping =
                (request, out) -> {
                    RawServer.head(out, "200 OK", "Content-Length: " + SIZE);
                    while (!never.await(20, TimeUnit.MILLISECONDS)) {
                        out.write(0);
                        out.flush();
                    }
                };
        try (var server = new RawServer(dripping)) {
            assertThatThrownBy(() -> fetch(server, (long) SIZE)).hasMessageContaining("stalled");

            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void givesUpAServerThatBringsABitAtATime() throws IOException {
        Answer bit =
                (request, out) -> {
                    var one = Arrays.copyOfRange(content, request.from(), request.from() + 1);
                    RawServer.head(
                            out,
                            request.from() > 0 ? "206 Partial Content" : "200 OK",
                            "ETag: \"tag\"",
                            "Content-Range: bytes %d-%d/%d"
                                    .formatted(request.from(), SIZE - 1, SIZE),
                            "Content-Length: " + (SIZE - request.from()));
                    out.write(one);
                };
        try (var server = new RawServer(bit)) {
            assertThatThrownBy(() -> fetch(server, (long) SIZE)).hasMessageContaining("cut off");

            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void refusesABodyInAnEncodingItDidNotAskFor() throws IOException {
        try (var server =
                new RawServer((request, out) ->
                        RawServer.head(
                                out,
                                "200 OK",
                                "Content-Encoding: gzip",
                                "Content-Length: " + SIZE))) {
            assertThatThrownBy(() -> fetch(server, (long) SIZE))
                    .hasMessageContaining("encoding gzip");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n\r\n", "SPAM\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1"})
    void givesUpWhatIsNoHttp(String nonsense) throws IOException {
        try (var server =
                new RawServer((request, out) -> out.write(nonsense.getBytes(ISO_8859_1)))) {
            assertThatThrownBy(() -> fetch(server, (long) SIZE)).isInstanceOf(IOException.class);
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        var nobody = URI.create("http://127.0.0.1:" + free + "/model.gguf");

        assertThatThrownBy(() -> WEB.fetch(nobody, target, null, done -> {}))
                .hasMessageContaining("refused");
    }

    private void fetch(RawServer server, @Nullable Long size) throws IOException {
        WEB.fetch(server.uri("/model.gguf"), target, size, done -> {});
    }
}
