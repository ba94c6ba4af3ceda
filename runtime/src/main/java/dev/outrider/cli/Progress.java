package dev.outrider.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** Shows how a command fares: one line an action, drawn again in place on a terminal. */
final class Progress {

    private static final int BAR = 20;

    private final PrintStream out;
    private final boolean silent;
    private final boolean inPlace = isTerminal();
    private int shown = -1;

    Progress(PrintStream out, boolean silent) {
        this.out = out;
        this.silent = silent;
    }

    /** What the robot's connection topic says. */
    void connection(String robot, String state) {
        if (!silent && !state.equals("ONLINE")) {
            out.println(
                    "robot "
                            + robot
                            + " is "
                            + state.toLowerCase(Locale.ROOT)
                            + " at this broker; the command waits for it until its deadline");
        }
    }

    /** Shows one answer; true if it was the outcome. */
    boolean show(JsonNode answer) {
        switch (answer.path("type").asText()) {
            case "outcome" -> {
                return true;
            }
            case "accepted" -> line("accepted as " + answer.path("id").asText());
            case "progress" -> progress(answer);
            default -> line(answer.toString());
        }
        return false;
    }

    private void progress(JsonNode answer) {
        int action = answer.path("action").asInt();
        double fraction = answer.path("fraction").asDouble();
        boolean end = fraction >= 1;
        if (silent || (!inPlace && !end && action == shown)) {
            return;
        }
        shown = action;
        int full = (int) Math.round(fraction * BAR);
        String text =
                String.format(
                        Locale.ROOT,
                        "%d/%d %-8s %s %3.0f %%",
                        action + 1,
                        answer.path("of").asInt(),
                        answer.path("do").asText(),
                        "█".repeat(full) + "░".repeat(BAR - full),
                        fraction * 100);
        out.print(inPlace ? "\r" + text : text + "\n");
        if (inPlace && end) {
            out.println();
        }
        out.flush();
    }

    private void line(String text) {
        if (!silent) {
            out.println(text);
        }
    }

    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
