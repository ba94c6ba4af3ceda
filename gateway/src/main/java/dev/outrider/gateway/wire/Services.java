package dev.outrider.gateway.wire;

import dev.outrider.gateway.robot.Counters;
import dev.outrider.gateway.robot.Roster;
import dev.outrider.gateway.usage.Usage;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What every event loop shares.
 *
 * @param journal takes the record of each request that a robot made
 * @param accepting whether what new requests use could be recorded
 * @param prompts what of a request's body is recorded
 */
public record Services(
        Roster roster,
        Counters counters,
        Consumer<Usage> journal,
        BooleanSupplier accepting,
        Function<Buffer, Optional<String>> prompts) {}
