package dev.outrider.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.gateway.bench.FaultUpstream;
import dev.outrider.gateway.bench.FaultUpstream.Script;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A thousand robots that stream at once. */
class CrowdTest {

    private static final int ROBOTS = 1000;

    @Test
    void isStreamedToWholeAndNobodyIsLate() {
        try (FaultUpstream upstream = FaultUpstream.listen("a", 0, false);
                Rig rig = Rig.before(upstream);
                HttpClient client = HttpClient.newHttpClient()) {
            upstream.behave(Script.streaming(20, Duration.ofMillis(100)));

            List<CompletableFuture<HttpResponse<String>>> answers =
                    IntStream.range(0, ROBOTS)
                            .mapToObj(i ->
                                    client.sendAsync(
                                            rig.chat(Rig.STREAM)
                                                    .header("x-deadline-ms", "30000")
                                                    .build(),
                                            HttpResponse.BodyHandlers.ofString()))
                            .toList();

            assertThat(answers)
                    .allSatisfy(answer -> {
                        String body = answer.join().body();
                        assertThat(Streams.text(body)).isEqualTo(upstream.rightText());
                        assertThat(Streams.done(body)).isTrue();
                    });
            await().until(() -> rig.usages().size() == ROBOTS);
        }
    }
}
