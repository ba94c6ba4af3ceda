package dev.outrider.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrider.gateway.bench.FaultUpstream;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wire with one upstream that answers rightly. */
class WireTest {

    private final FaultUpstream upstream = FaultUpstream.listen("a", 0, true);
    private final Rig rig = Rig.with(Map.of("gateway.wire.max-body-bytes", "10000"), upstream);

    @AfterEach
    void close() {
        rig.close();
        upstream.close();
    }

    @Test
    void passesAPlainAnswerOnByteForByte() throws Exception {
        HttpResponse<String> answer = rig.send(rig.chat(Rig.CHAT));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).contains("\"x_unknown\":{\"kept\":1.50}");
        assertThat(Streams.wholeText(answer.body())).isEqualTo(upstream.rightText());
    }

    @Test
    void passesAStreamOnAndEndsItWithDone() throws Exception {
        HttpResponse<String> answer = rig.send(rig.chat(Rig.STREAM));

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(Streams.text(answer.body())).isEqualTo(upstream.rightText());
        assertThat(Streams.done(answer.body())).isTrue();
        assertThat(answer.body()).contains("\"x_unknown\":1.50").doesNotContain("\"usage\"");
    }

    @Test
    void sendsFieldsItDoesNotKnowAsTheyCameAndTheModelsRealName() throws Exception {
        String body =
                "{ \"user\":\"u\", \"x\":[1.0,1e3,\"\\u00e9\"],\"model\" : \"large\",\n"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"é\"}] }";

        rig.send(rig.chat(body));

        assertThat(upstream.asked().getLast().body())
                .isEqualTo(body.replace("\"large\"", "\"real-a\""));
    }

    @Test
    void asksForAStreamsUsageOnlyWhereTheRobotDidNot() throws Exception {
        String asking =
                Rig.STREAM.replace(
                        "\"stream\":true",
                        "\"stream_options\":{\"include_usage\":true},\"stream\":true");

        HttpResponse<String> answer = rig.send(rig.chat(asking));

        assertThat(answer.body()).contains("\"completion_tokens\":8");
        assertThat(upstream.asked().getLast().body())
                .isEqualTo(asking.replace("\"large\"", "\"real-a\""));
    }

    @Test
    void countsTheTokensOfAStreamThatDoesNotShowThem() throws Exception {
        rig.send(rig.chat(Rig.STREAM));

        await().until(() -> rig.usages().size() == 1);
        assertThat(rig.usages().getFirst())
                .satisfies(u -> {
                    assertThat(u.robot()).isEqualTo("rover");
                    assertThat(u.outcome()).isEqualTo("done");
                    assertThat(u.promptTokens()).isEqualTo(7);
                    assertThat(u.completionTokens()).isEqualTo(8);
                    assertThat(u.estimated()).isFalse();
                    assertThat(u.calls()).isEqualTo(1);
                });
    }

    @Test
    void passesEmbeddingsOn() throws Exception {
        HttpResponse<String> answer =
                rig.send(post("/v1/embeddings", "{\"model\":\"large\",\"input\":\"go\"}"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"embedding\":[0.25,-0.5,1e-7]");
        assertThat(upstream.asked().getLast().head()).startsWith("POST /v1/embeddings ");
    }

    @Test
    void listsTheModels() throws Exception {
        HttpResponse<String> all = rig.send(rig.request("/v1/models"));
        HttpResponse<String> one = rig.send(rig.request("/v1/models/large"));
        HttpResponse<String> none = rig.send(rig.request("/v1/models/other"));

        assertThat(new JsonObject(all.body()).getJsonArray("data"))
                .containsExactly(new JsonObject(one.body()));
        assertThat(none.statusCode()).isEqualTo(404);
    }

    @Test
    void sendsTheUpstreamItsOwnKeyAndNeverTheRobots() throws Exception {
        rig.send(rig.chat(Rig.CHAT).header("traceparent", "00-1-2-01"));

        assertThat(upstream.asked().getLast().head())
                .containsIgnoringCase("authorization: Bearer sk-live-0123456789abcdefghij")
                .containsIgnoringCase("traceparent: 00-1-2-01")
                .doesNotContain(rig.token().reveal());
    }

    @Test
    void refusesARobotWithoutItsToken() throws Exception {
        String wrong = rig.token().reveal().replaceAll(".$", "~");

        HttpResponse<String> missing =
                rig.send(
                        HttpRequest.newBuilder(rig.chat("").build().uri())
                                .POST(HttpRequest.BodyPublishers.ofString(Rig.CHAT)));
        HttpResponse<String> other =
                rig.send(rig.chat(Rig.CHAT).setHeader("Authorization", "Bearer " + wrong));

        assertThat(error(missing, 401)).isEqualTo("invalid_api_key");
        assertThat(error(other, 401)).isEqualTo("invalid_api_key");
        assertThat(other.body()).doesNotContain(wrong);
        assertThat(upstream.calls()).isZero();
    }

    @Test
    void refusesWhatIsNoRequest() throws Exception {
        assertThat(error(rig.send(rig.chat("")), 400)).isEqualTo("invalid_request");
        assertThat(error(rig.send(rig.chat("{\"model\":")), 400)).isEqualTo("invalid_request");
        assertThat(error(rig.send(rig.chat("[]")), 400)).isEqualTo("invalid_request");
        assertThat(error(rig.send(rig.chat(Rig.CHAT + "x")), 400)).isEqualTo("invalid_request");
        assertThat(error(rig.send(rig.chat("{\"messages\":[{}]}")), 400))
                .isEqualTo("invalid_request");
        assertThat(error(rig.send(rig.chat("{\"model\":\"large\",\"messages\":[]}")), 400))
                .isEqualTo("invalid_request");
        assertThat(error(rig.send(rig.chat(Rig.CHAT).header("x-deadline-ms", "soon")), 400))
                .isEqualTo("invalid_request");
        assertThat(upstream.calls()).isZero();
    }

    @Test
    void answers404ForAModelOrPathItDoesNotHave() throws Exception {
        HttpResponse<String> model = rig.send(rig.chat(Rig.CHAT.replace("large", "huge")));
        HttpResponse<String> path = rig.send(post("/v1/completions", "{}"));
        HttpResponse<String> method = rig.send(rig.request("/v1/chat/completions"));

        assertThat(error(model, 404)).isEqualTo("model_not_found");
        assertThat(error(path, 404)).isEqualTo("unknown_url");
        assertThat(error(method, 404)).isEqualTo("unknown_url");
    }

    @Test
    void answers413ForABodyThatIsTooLarge() throws Exception {
        HttpResponse<String> large = rig.send(rig.chat(" ".repeat(10_001)));
        HttpResponse<String> huge = rig.send(rig.chat(" ".repeat(500_000)));

        assertThat(error(large, 413)).isEqualTo("request_too_large");
        assertThat(error(huge, 413)).isEqualTo("request_too_large");
    }

    @Test
    void documentsEveryStatusItAnswers() throws Exception {
        JsonObject document = new JsonObject(rig.send(rig.request("/openapi.json")).body());

        JsonObject chat =
                document.getJsonObject("paths")
                        .getJsonObject("/v1/chat/completions")
                        .getJsonObject("post");
        assertThat(chat.getJsonObject("responses").fieldNames())
                .containsExactlyInAnyOrder(
                        "200", "400", "401", "403", "404", "408", "413", "429", "502", "503",
                        "504");
    }

    private HttpRequest.Builder post(String path, String body) {
        return rig.request(path).POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String error(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        JsonObject error = new JsonObject(answer.body()).getJsonObject("error");
        assertThat(error.fieldNames()).contains("message", "type", "param", "code");
        return error.getString("code");
    }
}
