package dev.outrider.reason;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.Reasoner;
import dev.outrider.kernel.ReasoningFailure;
import dev.outrider.model.Action;
import dev.outrider.model.Readiness;
import dev.outrider.model.Rung;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** A large model at any address that speaks OpenAI's chat completions, streamed. */
public final class CloudReasoner implements Reasoner, AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final int MAX_BYTES = 1 << 20;

    private final CloudConfig config;
    private final HttpClient client;

    public CloudReasoner(CloudConfig config) {
        this.config = config;
        this.client =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_LIMIT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    @Override
    public Rung rung() {
        return Rung.CLOUD;
    }

    @Override
    public String model() {
        return config.model();
    }

    @Override
    public Readiness readiness() {
        return new Readiness.Ready();
    }

    @Override
    public Thought think(Question question, Consumer<Action> decided, Cancellation cancellation) {
        CompletableFuture<HttpResponse<InputStream>> call =
                client.sendAsync(request(question), BodyHandlers.ofInputStream());
        cancellation.onRequest(() -> call.cancel(true));
        try (InputStream body = opened(call)) {
            cancellation.onRequest(() -> close(body));
            return read(body, new PlanReader(decided));
        } catch (IOException e) {
            throw ReasoningFailure.broke("the cloud broke off: " + reason(e), e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest request(Question question) {
        ObjectNode body = PlanJson.MAPPER.createObjectNode().put("model", config.model());
        body.put("stream", true).put("temperature", 0);
        body.putArray("messages")
                .add(message("system", Prompt.instructions(question)))
                .add(message("user", Prompt.request(question)));
        body.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "plan")
                .set("schema", Prompt.schema(question.capabilities()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(config.chatCompletions())
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .header("x-deadline-ms", Long.toString(question.timeLeft().toMillis()))
                        .POST(BodyPublishers.ofString(body.toString()));
        if (!config.key().isEmpty()) {
            request.header("Authorization", "Bearer " + config.key());
        }
        return request.build();
    }

    private static ObjectNode message(String role, String content) {
        return PlanJson.MAPPER.createObjectNode().put("role", role).put("content", content);
    }

    private static InputStream opened(CompletableFuture<HttpResponse<InputStream>> call)
            throws IOException {
        HttpResponse<InputStream> response;
        try {
            response = call.join();
        } catch (CancellationException e) {
            throw ReasoningFailure.broke("the cloud was not waited for", e);
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw ReasoningFailure.broke("the cloud is not reachable: " + reason(cause), cause);
        }
        if (response.statusCode() != 200) {
            response.body().close();
            throw ReasoningFailure.broke(
                    "the cloud answered with HTTP status " + response.statusCode());
        }
        return response.body();
    }

    /** Reads server-sent events, or the one JSON object of an upstream that does not stream. */
    private static Thought read(InputStream body, PlanReader plan) throws IOException {
        BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new Bounded(body, MAX_BYTES), StandardCharsets.UTF_8));
        StringBuilder whole = new StringBuilder();
        boolean events = false;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith("data:")) {
                events = true;
                String data = line.substring(5).strip();
                if (data.equals("[DONE]") || piece(data, plan)) {
                    return plan.thought();
                }
            } else if (!events) {
                whole.append(line);
            }
        }
        if (events) {
            throw ReasoningFailure.broke("the cloud broke off in the middle of its answer");
        }
        piece(whole.toString(), plan);
        return plan.thought();
    }

    /** Takes one event; true once the plan is complete. */
    private static boolean piece(String json, PlanReader plan) throws IOException {
        JsonNode event = json(json);
        if (event.hasNonNull("error")) {
            throw ReasoningFailure.broke("the cloud reported an error in its answer");
        }
        JsonNode choice = event.path("choices").path(0);
        plan.feed(choice.path("delta").path("content").asText(""));
        plan.feed(choice.path("message").path("content").asText(""));
        return plan.complete();
    }

    private static JsonNode json(String json) {
        try {
            return PlanJson.MAPPER.readTree(json);
        } catch (IOException e) {
            throw ReasoningFailure.broke("the cloud's answer is not JSON", e);
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // It is being abandoned; the reader notices the end either way.
            System.getLogger(CloudReasoner.class.getName())
                    .log(System.Logger.Level.DEBUG, "abandoned answer", e);
        }
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
