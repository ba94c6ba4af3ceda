package dev.outrider.gateway.cli;

import dev.outrider.gateway.robot.Robot;
import dev.outrider.gateway.robot.Robot.Limits;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a robot may, as options. "none" takes a limit away. */
final class Rights {

    private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);

    @Option(
            names = "--model",
            description = "A model it may use; again for more; \"any\" for every one.")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--certificate",
            description = "PEM file of its TLS certificate; again for more.")
    private List<Path> certificates = new ArrayList<>();

    @Option(
            names = "--per-minute",
            converter = Count.class,
            description = "Requests a minute, or none.")
    private @Nullable Long perMinute;

    @Option(
            names = "--concurrent",
            converter = Count.class,
            description = "Requests at once, or none.")
    private @Nullable Long concurrent;

    @Option(
            names = "--daily-requests",
            converter = Count.class,
            description = "Requests a day in UTC, or none.")
    private @Nullable Long dailyRequests;

    @Option(
            names = "--daily-tokens",
            converter = Count.class,
            description = "Tokens a day, read and written, or none.")
    private @Nullable Long dailyTokens;

    @Option(
            names = "--daily-usd",
            converter = Cost.class,
            description = "US dollars a day, or none.")
    private @Nullable Long dailyUsd;

    boolean any() {
        return !models.isEmpty()
                || !certificates.isEmpty()
                || perMinute != null
                || concurrent != null
                || dailyRequests != null
                || dailyTokens != null
                || dailyUsd != null;
    }

    Set<String> models() {
        return models.contains("any") ? Set.of() : Set.copyOf(models);
    }

    Set<String> certificates() {
        return certificates.stream().map(Robot::certificateSha256).collect(Collectors.toSet());
    }

    Limits limits(Limits before) {
        return new Limits(
                or(perMinute, before.requestsPerMinute()),
                or(concurrent, before.concurrent()),
                or(dailyRequests, before.dailyRequests()),
                or(dailyTokens, before.dailyTokens()),
                or(dailyUsd, before.dailyMicroUsd()));
    }

    Robot applied(Robot robot) {
        Robot limited = robot.with(limits(robot.limits()));
        Robot modelled = models.isEmpty() ? limited : limited.withModels(models());
        return certificates.isEmpty() ? modelled : modelled.withCertificates(certificates());
    }

    private static long or(@Nullable Long given, long before) {
        return given == null ? before : given;
    }

    /** A whole number, or none. */
    static final class Count implements ITypeConverter<Long> {

        @Override
        public Long convert(String text) {
            try {
                return text.equals("none") ? Limits.NONE : Long.parseUnsignedLong(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException(
                        "a limit is a whole number or \"none\", not \"" + text + "\"");
            }
        }
    }

    /** US dollars as millionths, or none. */
    static final class Cost implements ITypeConverter<Long> {

        @Override
        public Long convert(String text) {
            try {
                return text.equals("none")
                        ? Limits.NONE
                        : new BigDecimal(text).multiply(MICRO).longValueExact();
            } catch (NumberFormatException | ArithmeticException e) {
                throw new TypeConversionException(
                        "a cost is US dollars with at most six decimals, or \"none\", not \""
                                + text
                                + "\"");
            }
        }
    }
}
