package dev.outrider.gateway.bench;

import dev.outrider.gateway.bench.FaultUpstream.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Puts every fault to a server, plain and streamed, without and with another upstream behind it,
 * and counts what is answered rightly: the right text where one upstream could give it, else an
 * error a client library raises, within the deadline, and nothing left running upstream.
 */
final class FaultJudge {

    static final Duration DEADLINE = Duration.ofSeconds(1);

    private static final Duration PATIENCE = DEADLINE.plusSeconds(1);
    private static final List<Integer> ERRORS = List.of(429, 502, 503, 504);

    private final int port;
    private final String token;
    private final FaultUpstream faulty;
    private final FaultUpstream spare;

    FaultJudge(int port, String token, FaultUpstream faulty, FaultUpstream spare) {
        this.port = port;
        this.token = token;
        this.faulty = faulty;
        this.spare = spare;
    }

    static int cases() {
        return (Fault.values().length - 1) * 4;
    }

    int right() throws InterruptedException {
        int right = 0;
        for (Fault fault : Fault.values()) {
            if (fault == Fault.STATUS_400) {
                continue; // the request's own fault
            }
            faulty.behave(Script.failing(fault));
            for (boolean stream : new boolean[] {false, true}) {
                right += right("alone", stream) ? 1 : 0;
                right += right("pair", stream) ? 1 : 0;
            }
        }
        return right;
    }

    private boolean right(String model, boolean stream) throws InterruptedException {
        String body =
                "{\"model\":\""
                        + model
                        + "\",\"stream\":"
                        + stream
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]}";
        String headers = "x-deadline-ms: " + DEADLINE.toMillis() + "\r\n";
        boolean answered;
        try (Load.Client client = new Load.Client(port, PATIENCE)) {
            answered = judge(client.ask(Load.request(token, headers, body)), stream);
        } catch (IOException | NumberFormatException e) {
            answered = false; // cut, late, or no HTTP: none of it an answer
        }
        return nothingLeft() && answered;
    }

    private boolean judge(Load.Client.Answer answer, boolean stream) {
        String body = answer.body();
        boolean error = body.contains("\"error\"") && !body.contains("sk-live");
        if (answer.status() != 200) {
            return ERRORS.contains(answer.status()) && error;
        }
        if (stream && !body.contains("data: [DONE]")) {
            return error;
        }
        return isWhole(body, faulty, stream) || isWhole(body, spare, stream);
    }

    private static boolean isWhole(String body, FaultUpstream from, boolean stream) {
        if (!stream) {
            return body.startsWith("{") && body.endsWith("}") && body.contains(from.rightText());
        }
        Answers answers = new Answers(from.name(), from.script().tokens());
        StringBuilder text = new StringBuilder();
        body.lines()
                .filter(line -> line.contains("\"content\":\""))
                .map(line -> line.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1"))
                .forEach(text::append);
        return text.toString().equals(answers.text());
    }

    private boolean nothingLeft() throws InterruptedException {
        for (int i = 0; i < 50 && faulty.running() + spare.running() > 0; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return faulty.running() + spare.running() == 0;
    }
}
