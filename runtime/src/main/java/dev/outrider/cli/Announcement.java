package dev.outrider.cli;

import dev.outrider.Robot;
import dev.outrider.ai.scout.ScoutModel;
import dev.outrider.model.Degradation;
import dev.outrider.model.Readiness;
import dev.outrider.model.Rung;
import dev.outrider.mqtt.LinkStatus;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is running where, and what is degraded and why, for the person who started it. */
final class Announcement {

    private final Robot robot;
    private final String http;

    Announcement(Robot robot, String http) {
        this.robot = robot;
        this.http = http;
    }

    /** In one piece, so that no log line comes between. */
    void print(PrintStream out) {
        StringBuilder text = new StringBuilder();
        line(text, "Outrider " + Outrider.version() + ", robot " + robot.config().robot());
        line(text, "mqtt", mqtt(robot.link()));
        line(text, "http", http + " (status page, /status, /health, /metrics)");
        line(text, "body", body());
        line(text, "senses", senses());
        robot.ladder()
                .readiness()
                .forEach((rung, readiness) -> line(text, rung.wireName(), rung(rung, readiness)));
        line(text, "data", robot.config().data().toString());
        line(text, "degraded", degraded(robot.degraded()));
        line(
                text,
                String.format(
                        Locale.ROOT,
                        "Ready in %.1f s. Try: outrider send \"drive forward 2 meters, then turn"
                                + " left 90 degrees\"",
                        ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0));
        out.print(text);
        out.flush();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }

    private static void line(StringBuilder text, String name, String value) {
        line(text, String.format(Locale.ROOT, "  %-9s %s", name, value));
    }

    private String mqtt(LinkStatus link) {
        String where =
                link.broker()
                        + (robot.embeddedBroker().isPresent()
                                ? " (embedded broker, this machine only)"
                                : "");
        return link.connected() ? where : where + ", not connected: " + link.lastError();
    }

    private String body() {
        String verbs =
                robot.body().capabilities().stream()
                        .map(c -> c.verb())
                        .collect(Collectors.joining(" "));
        String stop =
                robot.body().state().emergencyStop()
                        ? "; EMERGENCY STOP ENGAGED, release it with: outrider estop release"
                        : "";
        String board =
                robot.config()
                        .board()
                        .map(name -> "board " + name)
                        .orElse("simulated differential-drive robot");
        return board + ": " + verbs + stop;
    }

    private String senses() {
        return robot.senses().states().entrySet().stream()
                .map(sense -> sense.getKey() + " " + sense.getValue())
                .collect(Collectors.joining("; "));
    }

    private String rung(Rung rung, Readiness readiness) {
        return switch (readiness) {
            case Readiness.Ready() -> ready(String.valueOf(robot.ladder().models().get(rung)));
            case Readiness.Out(String reason) -> "out: " + reason + hint(rung);
        };
    }

    private static String ready(String model) {
        return "ready: "
                + model
                + (model.equals(ScoutModel.NAME)
                        ? ", the small built-in model (--model names a larger one)"
                        : "");
    }

    private String hint(Rung rung) {
        return switch (rung) {
            case CLOUD -> robot.config().cloud().url().isPresent() ? "" : " (--cloud-url)";
            case LOCAL ->
                    robot.config().local().model().filter("none"::equals).isPresent()
                            ? " (--model)"
                            : "";
            case REFLEX -> "";
        };
    }

    private static String degraded(List<Degradation> degraded) {
        return degraded.isEmpty()
                ? "nothing"
                : degraded.stream().map(Degradation::wireName).collect(Collectors.joining(", "));
    }
}
