package dev.outrider.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.codec.PlanJson;
import dev.outrider.hal.board.BoardProfile;
import dev.outrider.hal.board.BoardProfileFile;
import dev.outrider.hal.board.Inventory;
import dev.outrider.hal.linux.EdgePump;
import dev.outrider.hal.linux.GpioBias;
import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.GpioEdges;
import dev.outrider.hal.linux.GpioInput;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The board a robot runs on: whether its profile fits this machine, and what its lines do. */
@Command(
        name = "board",
        mixinStandardHelpOptions = true,
        description = "The board: what a profile says, what this machine has, what its lines do.",
        subcommands = {
            BoardCommand.Check.class,
            BoardCommand.Listing.class,
            BoardCommand.Watch.class
        })
final class BoardCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say check, list or watch");
    }

    /** Reads a profile and holds it against this machine. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Checks a board profile, and that this machine has what it names.",
                "Takes no line and moves nothing."
            },
            footer = {"", "Exit codes: 0 fits, 1 wrong or something is missing, 2 wrong usage."})
    static final class Check implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE|NAME", description = "The profile.")
        @SuppressWarnings("NullAway.Init") // set by picocli
        private String board;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Override
        public Integer call() {
            BoardProfile profile = BoardProfileFile.find(board);
            List<String> missing = profile.missing();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                ObjectNode report = PlanJson.MAPPER.createObjectNode().put("board", profile.name());
                ArrayNode parts = report.putArray("parts");
                profile.parts().forEach(part -> parts.add(part.name()));
                ArrayNode lacks = report.putArray("missing");
                missing.forEach(lacks::add);
                out.println(report.put("fits", missing.isEmpty()));
            } else {
                List<String> names = profile.parts().stream().map(part -> part.name()).toList();
                out.println("board     " + profile.name());
                out.println("parts     " + String.join(" ", names));
                missing.forEach(reason -> out.println("missing   " + reason));
                out.println(
                        "verdict   " + (missing.isEmpty() ? "fits this machine" : "does not fit"));
            }
            return missing.isEmpty() ? 0 : 1;
        }
    }

    /** Says what this machine has. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "Lists the boards that come along, and what this machine has for parts to be connected to.")
    static final class Listing implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Override
        public Integer call() {
            Inventory machine = Inventory.read();
            PrintWriter out = spec.commandLine().getOut();
            out.print(json ? json(machine) + "\n" : text(machine));
            out.flush();
            return 0;
        }

        private static ObjectNode json(Inventory machine) {
            ObjectNode report = PlanJson.MAPPER.createObjectNode();
            BoardProfileFile.SHIPPED.forEach(report.putArray("boards")::add);
            ArrayNode chips = report.putArray("gpio");
            for (Inventory.Chip chip : machine.chips()) {
                ObjectNode entry =
                        chips.addObject()
                                .put("device", chip.device())
                                .put("label", chip.label())
                                .put("lines", chip.lines());
                chip.held().forEach(entry.putArray("held")::add);
            }
            ArrayNode pwm = report.putArray("pwm");
            machine.pwm()
                    .forEach(device ->
                            pwm.addObject()
                                    .put("parent", device.parent())
                                    .put("channels", device.channels()));
            ArrayNode buses = report.putArray("buses");
            machine.buses().forEach(bus -> buses.add(bus.toString()));
            machine.can().forEach(report.putArray("can")::add);
            machine.unreadable().forEach(report.putArray("unreadable")::add);
            return report;
        }

        private static String text(Inventory machine) {
            var text = new StringBuilder();
            line(text, "boards", String.join(" ", BoardProfileFile.SHIPPED));
            for (Inventory.Chip chip : machine.chips()) {
                line(
                        text,
                        "gpio",
                        "%s, %d lines, %s".formatted(chip.label(), chip.lines(), chip.device()));
                chip.held().forEach(held -> line(text, "", "line " + held));
            }
            machine.pwm()
                    .forEach(device ->
                            line(
                                    text,
                                    "pwm",
                                    "%s, %d channels"
                                            .formatted(device.parent(), device.channels())));
            machine.buses().forEach(bus -> line(text, "bus", bus.toString()));
            machine.can().forEach(network -> line(text, "can", network));
            machine.unreadable().forEach(reason -> line(text, "no access", reason));
            if (machine.isEmpty()) {
                line(text, "here", "no GPIO chip, PWM device, bus, serial line or CAN network");
            }
            return text.toString();
        }

        private static void line(StringBuilder text, String kind, String what) {
            text.append("%-9s %s%n".formatted(kind, what));
        }
    }

    /** Follows lines as they change. */
    @Command(
            name = "watch",
            mixinStandardHelpOptions = true,
            description = {
                "Follows lines as they change, until Ctrl-C: direction, the kernel's time and number,",
                "and how many changes were lost. Lines that somebody holds cannot be watched."
            })
    static final class Watch implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Option(
                names = "--chip",
                required = true,
                paramLabel = "LABEL",
                description = "The GPIO chip, as \"outrider board list\" calls it.")
        @SuppressWarnings("NullAway.Init") // set by picocli
        private String label;

        @Option(
                names = "--for",
                paramLabel = "SECONDS",
                description = "End after that many seconds.")
        private @Nullable Integer seconds;

        @Option(names = "--json", description = "One JSON object a change.")
        private boolean json;

        @Parameters(arity = "1..*", paramLabel = "LINE", description = "Numbers or names of lines.")
        @SuppressWarnings("NullAway.Init") // set by picocli
        private List<String> lines;

        @Override
        public Integer call() throws InterruptedException {
            var inputs = new ArrayList<GpioInput>();
            try (GpioChip chip = chip();
                    EdgePump pump = new EdgePump()) {
                for (String line : lines) {
                    GpioInput input =
                            chip.input(
                                    offset(chip, line),
                                    "outrider-watch",
                                    GpioBias.AS_IS,
                                    GpioEdges.BOTH,
                                    Duration.ZERO);
                    inputs.add(input);
                    print(line, input.value(), 0, 0, 0);
                    pump.add(
                            input,
                            (up, nanos, number, lost) -> print(line, up, nanos, number, lost));
                }
                new CountDownLatch(1)
                        .await(seconds == null ? Long.MAX_VALUE : seconds, TimeUnit.SECONDS);
            } finally {
                inputs.forEach(GpioInput::close);
            }
            return 0;
        }

        private GpioChip chip() {
            try {
                return GpioChip.labelled(label);
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(String.valueOf(e.getMessage()));
            }
        }

        private int offset(GpioChip chip, String line) {
            OptionalInt named = chip.offset(line);
            if (named.isPresent()) {
                return named.getAsInt();
            }
            if (line.matches("[0-9]{1,4}") && Integer.parseInt(line) < chip.lines()) {
                return Integer.parseInt(line);
            }
            throw new CommandFailure(
                    "%s has lines 0 to %d, none of which is called %s"
                            .formatted(label, chip.lines() - 1, line));
        }

        private void print(String line, boolean up, long nanos, int number, int lost) {
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(
                        PlanJson.MAPPER
                                .createObjectNode()
                                .put("line", line)
                                .put("up", up)
                                .put("kernelNanos", nanos)
                                .put("number", Integer.toUnsignedLong(number))
                                .put("lost", lost));
            } else if (number == 0) {
                out.printf("%-8s %s%n", line, up ? "up" : "down");
            } else {
                out.printf(
                        "%-8s %-4s  %.6f s  number %d%s%n",
                        line,
                        up ? "up" : "down",
                        nanos / 1e9,
                        Integer.toUnsignedLong(number),
                        lost == 0 ? "" : "  lost " + lost);
            }
            out.flush();
        }
    }
}
