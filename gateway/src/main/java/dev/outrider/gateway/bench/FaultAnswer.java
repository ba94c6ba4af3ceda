package dev.outrider.gateway.bench;

import dev.outrider.gateway.bench.FaultUpstream.Script;
import java.io.IOException;
import java.time.Duration;

/** One answer of a {@link FaultUpstream}, right or wrong. */
final class FaultAnswer {

    private static final Duration SLOW_HEAD = Duration.ofMillis(200);
    private static final String SECRET = "sk-live-0123456789abcdefghij";

    private final FaultConnection to;
    private final Script script;
    private final Answers answers;
    private final boolean stream;
    private final boolean usageAsked;
    private final boolean tools;
    private final String whole;

    FaultAnswer(FaultConnection to, FaultUpstream upstream, FaultUpstream.Asked asked) {
        this.to = to;
        this.script = upstream.script();
        this.answers = new Answers(upstream.name(), script.tokens());
        this.stream = asked.body().contains("\"stream\":true");
        this.usageAsked = asked.body().contains("\"include_usage\":true");
        this.tools = asked.body().contains("\"tools\":");
        this.whole = whole(asked);
    }

    private String whole(FaultUpstream.Asked asked) {
        if (asked.head().contains("/embeddings ")) {
            return answers.embeddings();
        }
        if (tools) {
            return answers.toolCall();
        }
        boolean schema = asked.body().contains("\"json_schema\"");
        return schema ? answers.schemaAnswer() : answers.whole();
    }

    void send() throws IOException {
        switch (script.fault()) {
            case NONE -> right();
            case DRIP -> drip();
            case SLOW_HEAD -> {
                to.pause(SLOW_HEAD);
                right();
            }
            case RESET_AT_ONCE -> to.cut(true);
            case FIN_AT_ONCE -> to.cut(false);
            case HANG -> to.hang();
            case HANG_AFTER_HEAD -> {
                head();
                to.hang();
            }
            case HANG_MIDWAY -> {
                half();
                to.hang();
            }
            case HANG_AT_END -> hangAtEnd();
            case RESET_AFTER_HEAD, FIN_AFTER_HEAD -> {
                head();
                to.cut(script.fault() == Fault.RESET_AFTER_HEAD);
            }
            case RESET_MIDWAY, FIN_MIDWAY -> {
                half();
                to.pause(Duration.ofMillis(20)); // else the reset overtakes what was sent
                to.cut(script.fault() == Fault.RESET_MIDWAY);
            }
            case CLEAN_END_MIDWAY -> {
                half();
                chunk("");
            }
            case STATUS_400 ->
                    status("400 Bad Request", "", "the context is too long for " + SECRET);
            case STATUS_401 -> status("401 Unauthorized", "", "Incorrect API key: " + SECRET);
            case STATUS_404 -> status("404 Not Found", "", "no such model");
            case STATUS_429 -> status("429 Too Many Requests", "", "slow down");
            case STATUS_429_RETRY_AFTER ->
                    status("429 Too Many Requests", "Retry-After: 7\r\n", "slow down");
            case STATUS_500 -> status("500 Internal Server Error", "", "key " + SECRET);
            case STATUS_503 -> status("503 Service Unavailable", "", "loading");
            case STATUS_503_RETRY_AFTER ->
                    status("503 Service Unavailable", "Retry-After: 7\r\n", "loading");
            case GARBAGE -> to.write("\u0001\u0002 this is not HTTP\r\n\r\n");
            case BAD_JSON -> bad(whole.substring(0, whole.length() / 2));
            case BAD_JSON_MIDWAY -> badMidway();
            case HTML -> fixed("text/html", Answers.HTML);
            case EMPTY -> fixed("application/json", "");
            case WRONG_SCHEMA -> bad("{\"id\":\"x\",\"choices\":[{\"index\":0}]}");
            case TRICKLE -> {
                openHead();
                to.repeat(stream ? ": thinking\n\n" : " ");
            }
            case ENDLESS -> {
                openHead();
                to.repeat(stream ? answers.event(0) : whole.substring(0, 1));
            }
            case OVERSIZE -> {
                openHead();
                to.oversize(stream ? "data: {\"choices\":[" : "[");
                to.hang();
            }
            case ERROR_WITH_200 -> errorWith200();
        }
    }

    private void right() throws IOException {
        if (!stream) {
            fixed("application/json", whole);
            return;
        }
        head();
        if (tools) {
            chunk(answers.toolCallEvents() + Answers.DONE);
            chunk("");
            return;
        }
        to.pause(script.first());
        long start = System.nanoTime();
        for (int i = 0; i < script.tokens(); i++) {
            chunk(answers.event(i));
            long due = start + script.between().toNanos() * (i + 1);
            long left = (due - System.nanoTime()) / 1_000_000;
            to.pause(Duration.ofMillis(Math.max(0, left)));
        }
        chunk(end());
        chunk("");
    }

    private String end() {
        return answers.lastEvent() + (usageAsked ? answers.usageEvent() : "") + Answers.DONE;
    }

    private void drip() throws IOException {
        openHead();
        StringBuilder text = new StringBuilder();
        for (int i = 0; stream && i < script.tokens(); i++) {
            text.append(answers.event(i));
        }
        for (byte one : Answers.bytes(stream ? text + end() : whole)) {
            to.write(new byte[] {one});
        }
        to.cut(false);
    }

    /** Headers, and for a plain answer those of a body that is still to come. */
    private void head() throws IOException {
        String type = stream ? "text/event-stream" : "application/json";
        to.write(
                "HTTP/1.1 200 OK\r\nContent-Type: "
                        + type
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    /** Headers of a body that ends with the connection. */
    private void openHead() throws IOException {
        String type = stream ? "text/event-stream" : "application/json";
        to.write("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n");
    }

    private void half() throws IOException {
        head();
        if (!stream) {
            chunk(whole.substring(0, whole.length() / 2));
            return;
        }
        for (int i = 0; i < script.tokens() / 2; i++) {
            chunk(answers.event(i));
        }
    }

    private void hangAtEnd() throws IOException {
        head();
        if (stream) {
            for (int i = 0; i < script.tokens(); i++) {
                chunk(answers.event(i));
            }
            chunk(end());
        } else {
            chunk(whole);
        }
        to.hang();
    }

    private void bad(String json) throws IOException {
        if (stream) {
            head();
            chunk("data: " + json + "\n\n");
            chunk("");
        } else {
            fixed("application/json", json);
        }
    }

    private void badMidway() throws IOException {
        if (!stream) {
            fixed("application/json", whole.replace("\"choices\":[", "\"choices\":[}"));
            return;
        }
        half();
        chunk("data: {\"choices\":[}\n\n");
        chunk(end());
        chunk("");
    }

    private void errorWith200() throws IOException {
        String error = Answers.error("out of memory, key " + SECRET);
        if (!stream) {
            fixed("application/json", error);
            return;
        }
        half();
        chunk("data: " + error + "\n\n");
        chunk("");
    }

    private void status(String status, String header, String message) throws IOException {
        send(status, header + "Content-Type: application/json\r\n", Answers.error(message));
    }

    private void fixed(String type, String body) throws IOException {
        send("200 OK", "Content-Type: " + type + "\r\n", body);
    }

    private void send(String status, String headers, String body) throws IOException {
        int length = Answers.bytes(body).length;
        String head = "HTTP/1.1 " + status + "\r\n" + headers;
        to.write(head + "Content-Length: " + length + "\r\n\r\n" + body);
    }

    /** One chunk of HTTP's chunked coding; the empty one ends the message. */
    private void chunk(String text) throws IOException {
        to.write(Integer.toHexString(Answers.bytes(text).length) + "\r\n" + text + "\r\n");
    }
}
