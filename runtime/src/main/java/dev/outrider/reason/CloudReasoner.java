package dev.outrider.reason;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.Cancellation;
import dev.outrider.kernel.Reasoner;
import dev.outrider.kernel.ReasoningFailure;
import dev.outrider.model.Action;
import dev.outrider.model.Plan;
import dev.outrider.model.Readiness;
import dev.outrider.model.Rung;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A large model at any address that speaks OpenAI's chat completions, streamed. Where one of
 * several replicas breaks, the next one goes on after the last complete action; the one that
 * answered last is asked first.
 */
public final class CloudReasoner implements Reasoner, AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final int MAX_BYTES = 1 << 20;

    private final CloudConfig config;
    private final HttpClient client;
    private final AtomicInteger preferred = new AtomicInteger();

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
        long end = System.nanoTime() + question.timeLeft().toNanos();
        int addresses = config.chatCompletions().size();
        int first = preferred.get();
        List<Action> done = new ArrayList<>();
        for (int i = 0; ; i++) {
            int replica = (first + i) % addresses;
            boolean last = i == addresses - 1;
            List<Action> before = List.copyOf(done);
            Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            Question rest = question.after(before, left);
            try {
                Consumer<Action> keeping = ((Consumer<Action>) done::add).andThen(decided);
                Duration wait = last ? left : left.dividedBy(2);
                Thought thought = ask(replica, wait, rest, keeping, cancellation);
                preferred.set(replica);
                return after(before, thought);
            } catch (ReasoningFailure failure) {
                if (last || failure.repairable() || cancellation.requested()) {
                    throw failure;
                }
            }
        }
    }

    private static Thought after(List<Action> before, Thought thought) {
        if (!(thought instanceof Thought.Planned(Plan plan, double sure)) || before.isEmpty()) {
            return thought;
        }
        List<Action> whole = new ArrayList<>(before);
        whole.addAll(plan.actions());
        return new Thought.Planned(new Plan(whole), sure);
    }

    /**
     * Asks one replica.
     *
     * @param wait the longest until it begins to answer
     */
    private Thought ask(
            int replica,
            Duration wait,
            Question question,
            Consumer<Action> decided,
            Cancellation cancellation) {
        URI address = config.chatCompletions().get(replica);
        Span span = span(address);
        try {
            HttpRequest.Builder request = request(address, question).timeout(wait);
            W3CTraceContextPropagator.getInstance()
                    .inject(Context.root().with(span), request, CloudReasoner::header);
            return ask(request.build(), decided, cancellation);
        } catch (ReasoningFailure failure) {
            span.setStatus(StatusCode.ERROR, failure.complaint());
            throw failure;
        } finally {
            span.end();
        }
    }

    private Thought ask(HttpRequest request, Consumer<Action> decided, Cancellation cancellation) {
        CompletableFuture<HttpResponse<InputStream>> call =
                client.sendAsync(request, BodyHandlers.ofInputStream());
        cancellation.onRequest(() -> call.cancel(true));
        try (InputStream body = opened(call)) {
            cancellation.onRequest(() -> close(body));
            return read(body, new PlanReader(decided));
        } catch (IOException e) {
            throw ReasoningFailure.broke("the cloud broke off: " + reason(e), e);
        }
    }

    private Span span(URI address) {
        return GlobalOpenTelemetry.getTracer("dev.outrider.reason")
                .spanBuilder("chat " + config.model())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("server.address", address.getHost())
                .startSpan();
    }

    private static void header(HttpRequest.@Nullable Builder request, String name, String value) {
        Objects.requireNonNull(request).header(name, value);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(URI address, Question question) {
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
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .header("x-deadline-ms", Long.toString(question.timeLeft().toMillis()))
                        .POST(BodyPublishers.ofString(body.toString()));
        if (!config.key().isEmpty()) {
            request.header("Authorization", "Bearer " + config.key());
        }
        return request;
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
