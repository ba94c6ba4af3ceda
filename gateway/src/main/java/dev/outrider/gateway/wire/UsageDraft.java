package dev.outrider.gateway.wire;

import dev.outrider.gateway.robot.Robot;
import dev.outrider.gateway.upstream.Ask;
import dev.outrider.gateway.upstream.Receiver.Account;
import dev.outrider.gateway.usage.Usage;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What becomes one line of the usage log, filled in as the request goes on. */
final class UsageDraft {

    /** No status of ours: the robot left before one was sent. */
    static final int LEFT = 499;

    private final String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final long arrivedNanos = System.nanoTime();
    private final Instant at;
    private @Nullable Robot robot;
    private @Nullable Ask ask;
    private @Nullable String prompt;

    UsageDraft(InstantSource clock) {
        this.at = clock.instant();
    }

    String id() {
        return id;
    }

    long arrivedNanos() {
        return arrivedNanos;
    }

    void of(Robot asking) {
        robot = asking;
    }

    void of(Ask asked, Function<Buffer, Optional<String>> prompts) {
        ask = asked;
        prompt = prompts.apply(asked.body()).orElse(null);
    }

    /** The finished draft; empty where nobody known asked. */
    Optional<Usage> close(int status, String outcome, Account account) {
        if (robot == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Usage(
                        id,
                        at,
                        robot.name(),
                        ask == null ? "" : ask.model(),
                        ask == null ? "" : ask.endpoint().name().toLowerCase(Locale.ROOT),
                        ask != null && ask.streaming(),
                        status,
                        outcome,
                        account.upstream(),
                        account.tokens().prompt(),
                        account.tokens().completion(),
                        account.tokens().estimated(),
                        account.microUsd(),
                        (System.nanoTime() - arrivedNanos) / 1_000_000,
                        account.firstToken() == null ? null : account.firstToken().toMillis(),
                        account.calls(),
                        prompt));
    }
}
