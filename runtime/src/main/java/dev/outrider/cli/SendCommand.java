package dev.outrider.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.codec.PlanJson;
import dev.outrider.model.RoutingPolicy;
import dev.outrider.mqtt.Controller;
import java.io.Console;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a command over MQTT, follows it and prints how it ended. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = "Tells the robot to do something, and follows it to the end.",
        footer = {
            "",
            "Exit codes: 0 done or planned, 1 any other outcome or no answer, 2 wrong usage.",
            "Examples:",
            "  outrider send \"drive forward 2 meters, then turn left 90 degrees\"",
            "  outrider send --dry-run \"ve a la cocina\"",
            "  outrider send --yes \"go roughly two meters ahead, mate\"",
            "  outrider send --plan '[{\"do\":\"drive\",\"distance\":1}]'"
        })
final class SendCommand implements Callable<Integer> {

    private static final Duration GRACE = Duration.ofSeconds(5);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin private final RobotTarget target = new RobotTarget();

    @Parameters(
            arity = "0..*",
            paramLabel = "TEXT",
            description = "What to do, in English or Spanish.")
    private String @Nullable [] words;

    @Option(
            names = "--plan",
            paramLabel = "JSON",
            description = "A plan instead of words, straight to the safety gate.")
    private @Nullable String plan;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "prefer_on_device (default), only_on_device, prefer_in_cloud or only_in_cloud.")
    private @Nullable String mode;

    @Option(names = "--dry-run", description = "Plan and check it; nothing moves.")
    private boolean dryRun;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "Give up after that many seconds (default: ${DEFAULT-VALUE}).")
    private int deadlineSeconds;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description =
                    "The command's id (default: a fresh one); the same id again repeats the answer.")
    private @Nullable String id;

    @ArgGroup private final Reply reply = new Reply();

    /** What is said when the robot reads a plan back. */
    private static final class Reply {
        @Option(
                names = "--yes",
                description = "Say yes when the robot reads back what it understood.")
        private boolean yes;

        @Option(
                names = "--no-answer",
                description = "Do not ask me: when the robot is unsure, the command is called off.")
        private boolean none;
    }

    @Option(
            names = "--json",
            description = "Print the outcome as one JSON object and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        String request = request();
        String commandId = id == null ? "c-" + UUID.randomUUID().toString().substring(0, 8) : id;
        BlockingQueue<Controller.Message> heard = new LinkedBlockingQueue<>();
        try (Controller controller =
                target.connect(heard::add, why -> heard.add(new Controller.Message("lost", why)))) {
            String answers = "rsp/" + controller.name();
            controller.listen(answers, "conn");
            controller.send("req/command", request, commandId, Duration.ofSeconds(deadlineSeconds));
            JsonNode outcome = follow(controller, heard, commandId);
            controller.send("ack/" + controller.name(), acknowledgement(commandId), null, null);
            return print(outcome);
        }
    }

    private String request() {
        if (deadlineSeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--deadline is at least 1 second");
        }
        ObjectNode request = PlanJson.MAPPER.createObjectNode();
        String text = words == null ? "" : String.join(" ", words);
        if (text.isBlank() == (plan == null)) {
            throw new ParameterException(
                    spec.commandLine(), "give either what to do in words, or --plan");
        }
        if (plan == null) {
            request.put("text", text);
        } else {
            request.set("plan", parsed(plan));
        }
        if (mode != null) {
            request.put("mode", known(mode));
        }
        return (dryRun ? request.put("dryRun", true) : request).toString();
    }

    private String known(String name) {
        return RoutingPolicy.named(name)
                .map(RoutingPolicy::wireName)
                .orElseThrow(() ->
                        new ParameterException(
                                spec.commandLine(),
                                "--mode is prefer_on_device, only_on_device,"
                                        + " prefer_in_cloud or only_in_cloud"));
    }

    private JsonNode parsed(String text) {
        try {
            return PlanJson.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ParameterException(
                    spec.commandLine(), "--plan is not JSON: " + e.getOriginalMessage());
        }
    }

    /** Shows what the robot says until it says the outcome. */
    private JsonNode follow(
            Controller controller, BlockingQueue<Controller.Message> heard, String commandId)
            throws InterruptedException {
        Progress progress = new Progress(System.err, json);
        long end = System.nanoTime() + Duration.ofSeconds(deadlineSeconds).plus(GRACE).toNanos();
        while (true) {
            Controller.Message message = heard.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (message == null) {
                throw new CommandFailure(
                        "robot "
                                + target.robot()
                                + " did not answer within the deadline; is it running?");
            }
            if (message.branch().equals("lost")) {
                throw new CommandFailure(
                        "the connection to the broker was lost ("
                                + message.json()
                                + "); command "
                                + commandId
                                + " may still be carried out, ask again with --id "
                                + commandId);
            }
            if (message.branch().equals("conn")) {
                progress.connection(target.robot(), message.json());
                continue;
            }
            JsonNode answer = parsed(message.json());
            boolean mine = commandId.equals(answer.path("id").asText());
            if (mine && answer.path("type").asText().equals("question")) {
                boolean yes = confirmed(answer.path("question").asText());
                ObjectNode said = PlanJson.MAPPER.createObjectNode().put("id", commandId);
                controller.send("req/answer", said.put("yes", yes).toString(), null, null);
                continue;
            }
            if (commandId.equals(answer.path("id").asText()) && progress.show(answer)) {
                return answer;
            }
        }
    }

    /** Whether the plan that the robot read back is meant. */
    private boolean confirmed(String question) {
        if (reply.yes || reply.none || !Progress.isTerminal()) {
            String said = reply.yes ? "yes" : "no";
            String why =
                    reply.yes || reply.none
                            ? ""
                            : "; nobody is at a terminal to ask, give --yes to agree";
            System.err.println("the robot asks: " + question + " " + said + why);
            return reply.yes;
        }
        Console console = Objects.requireNonNull(System.console());
        String said = console.readLine("%s [y/N] ", question);
        return said != null && said.strip().toLowerCase(Locale.ROOT).matches("y|yes|s|si|sí");
    }

    private static String acknowledgement(String commandId) {
        return PlanJson.MAPPER.createObjectNode().put("id", commandId).toString();
    }

    private int print(JsonNode outcome) {
        if (json) {
            System.out.println(outcome);
        } else {
            new OutcomeText(outcome).print(System.out);
        }
        String how = outcome.path("outcome").asText();
        return how.equals("done") || how.equals("planned") ? 0 : 1;
    }
}
