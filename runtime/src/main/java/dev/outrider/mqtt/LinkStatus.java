package dev.outrider.mqtt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the link fares.
 *
 * @param since when that began, on the wall clock
 * @param broker its address, without credentials
 * @param lastError what went wrong last, one line; null if nothing did
 */
public record LinkStatus(
        boolean connected, Instant since, String broker, @Nullable String lastError) {}
