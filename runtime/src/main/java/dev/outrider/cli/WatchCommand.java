package dev.outrider.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.codec.PlanJson;
import dev.outrider.mqtt.Controller;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows what the robot says: connection, state, answers to everybody, telemetry. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Follows the robot's state, answers and telemetry until Ctrl-C.")
final class WatchCommand implements Callable<Integer> {

    @Mixin private final RobotTarget target = new RobotTarget();

    @Option(names = "--for", paramLabel = "SECONDS", description = "End after that many seconds.")
    private @Nullable Integer seconds;

    @Option(names = "--json", description = "One JSON object a line: {\"topic\":…,\"payload\":…}.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        BlockingQueue<Controller.Message> heard = new LinkedBlockingQueue<>();
        long end =
                seconds == null
                        ? Long.MAX_VALUE
                        : System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try (Controller controller =
                target.connect(heard::add, why -> heard.add(new Controller.Message("lost", why)))) {
            controller.listen("conn", "state", "rsp/+", "tel/+");
            while (true) {
                long left = seconds == null ? Long.MAX_VALUE : end - System.nanoTime();
                Controller.Message message = heard.poll(left, TimeUnit.NANOSECONDS);
                if (message == null) {
                    return 0;
                }
                if (message.branch().equals("lost")) {
                    throw new CommandFailure("the broker is gone: " + message.json());
                }
                System.out.println(json ? json(message) : text(message));
            }
        }
    }

    private static String json(Controller.Message message) {
        ObjectNode line = PlanJson.MAPPER.createObjectNode().put("topic", message.branch());
        JsonNode payload = payload(message);
        return line.set("payload", payload).toString();
    }

    private static String text(Controller.Message message) {
        JsonNode payload = payload(message);
        String what =
                switch (message.branch()) {
                    case "conn" -> payload.asText();
                    case "state" -> state(payload);
                    default -> payload.toString();
                };
        return LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
                + "  "
                + message.branch()
                + "  "
                + what;
    }

    private static String state(JsonNode state) {
        JsonNode pose = state.path("pose");
        return String.format(
                Locale.ROOT,
                "rev %d  x %.2f m  y %.2f m  heading %.1f°  battery %s  %s%s",
                state.path("rev").asLong(),
                pose.path("x").asDouble(),
                pose.path("y").asDouble(),
                pose.path("heading").asDouble(),
                battery(state.path("battery")),
                state.path("busy").isNull() ? "idle" : "busy " + state.path("busy").asText(),
                state.path("estop").asBoolean() ? "  EMERGENCY STOP" : "");
    }

    private static String battery(JsonNode battery) {
        String charge =
                battery.path("charge").isNumber()
                        ? Math.round(battery.path("charge").asDouble() * 100) + " %"
                        : "unknown";
        return charge + (battery.path("external").asBoolean() ? " charging" : "");
    }

    private static JsonNode payload(Controller.Message message) {
        try {
            return PlanJson.MAPPER.readTree(message.json());
        } catch (JsonProcessingException e) {
            return PlanJson.MAPPER.getNodeFactory().textNode(message.json());
        }
    }
}
