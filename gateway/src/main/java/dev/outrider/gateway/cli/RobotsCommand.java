package dev.outrider.gateway.cli;

import dev.outrider.gateway.Settings;
import dev.outrider.gateway.cli.GatewayCommand.Output;
import dev.outrider.gateway.robot.Registrar;
import dev.outrider.gateway.robot.Robot;
import dev.outrider.gateway.robot.Robot.Limits;
import dev.outrider.gateway.robot.Token;
import dev.outrider.gateway.store.Database;
import dev.outrider.gateway.store.JdbcRobots;
import dev.outrider.gateway.store.JdbcUsage;
import dev.outrider.gateway.usage.Csv;
import dev.outrider.gateway.usage.Usage;
import dev.outrider.gateway.usage.UsageStore.Query;
import io.vertx.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outrider gateway robots}: who may ask, and how much. */
@Command(
        name = "robots",
        description = "Adds robots, changes what they may, shows what they used.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class RobotsCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(line(), "name a command");
    }

    @Command(
            description = "Adds a robot and prints its token, once.",
            mixinStandardHelpOptions = true)
    int add(
            @Parameters(description = "The robot's name.") String name,
            @Mixin Rights rights,
            @Mixin Output output) {
        return with(registrar -> {
            Limits limits = rights.limits(Limits.UNLIMITED);
            Set<String> certificates = rights.certificates();
            Token token = registrar.add(name, rights.models(), limits, certificates);
            return issued(name, token, output);
        });
    }

    @Command(description = "Gives a robot a new token.", mixinStandardHelpOptions = true)
    int rotate(
            @Parameters(description = "The robot's name.") String name,
            @Option(
                            names = "--grace",
                            defaultValue = "PT1H",
                            description = "How long the old token stays valid, as PT1H or PT0S.")
                    Duration grace,
            @Mixin Output output) {
        return with(registrar -> issued(name, registrar.rotate(name, grace), output));
    }

    @Command(description = "Shuts a robot out, at once.", mixinStandardHelpOptions = true)
    int revoke(@Parameters(description = "The robot's name.") String name, @Mixin Output output) {
        return with(registrar -> {
            registrar.revoke(name);
            return print(output, Map.of("name", name, "revoked", true), name + " is shut out");
        });
    }

    @Command(
            description = "Shows a robot's limits, or changes those that are given.",
            mixinStandardHelpOptions = true)
    int limits(
            @Parameters(description = "The robot's name.") String name,
            @Mixin Rights rights,
            @Mixin Output output) {
        return with(registrar -> {
            if (rights.any()) {
                registrar.change(name, rights::applied);
            }
            Robot robot =
                    registrar
                            .named(name)
                            .orElseThrow(() ->
                                    new IllegalArgumentException("there is no robot " + name));
            return print(output, RobotView.of(robot), RobotView.of(robot).text());
        });
    }

    @Command(description = "Lists the robots.", mixinStandardHelpOptions = true)
    int list(@Mixin Output output) {
        return with(registrar -> {
            List<RobotView> views = registrar.all().stream().map(RobotView::of).toList();
            String text = String.join("\n", views.stream().map(RobotView::text).toList());
            return print(output, views, text.isEmpty() ? "no robots yet" : text);
        });
    }

    @Command(
            description = "Shows what robots used, as CSV or JSON.",
            mixinStandardHelpOptions = true)
    int usage(
            @Parameters(arity = "0..1", description = "Only this robot's.") @Nullable String name,
            @Option(names = "--from", description = "First day, in UTC; today where none is given.")
                    @Nullable LocalDate from,
            @Option(names = "--to", description = "Last day, in UTC.") @Nullable LocalDate to,
            @Option(names = "--limit", defaultValue = "1000", description = "Most records.")
                    int limit,
            @Mixin Output output) {
        LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
        LocalDate first = from == null ? today : from;
        LocalDate last = to == null ? today : to;
        Query query = new Query(name, start(first), start(last.plusDays(1)), limit);
        try (Database database = Database.open(Settings.load().state())) {
            List<Usage> found = new JdbcUsage(database).find(query);
            return print(output, found.stream().map(Usage::json).toList(), Csv.of(found).strip());
        }
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static int with(Function<Registrar, Integer> work) {
        try (Database database = Database.open(Settings.load().state())) {
            return work.apply(new Registrar(new JdbcRobots(database), InstantSource.system()));
        }
    }

    private int issued(String name, Token token, Output output) {
        return print(
                output,
                Map.of("name", name, "token", token.reveal()),
                "token of " + name + ", shown only now:\n" + token.reveal());
    }

    private int print(Output output, Object json, String text) {
        line().getOut().println(output.json() ? Json.encode(json) : text);
        return CommandLine.ExitCode.OK;
    }

    private CommandLine line() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it runs a command");
        }
        return spec.commandLine();
    }
}
