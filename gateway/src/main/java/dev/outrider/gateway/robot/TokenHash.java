package dev.outrider.gateway.robot;

import java.time.Instant;

/**
 * What is kept of a robot's token.
 *
 * @param sha256 in lower-case hexadecimal; enough for a token of 256 random bits
 * @param validUntil when it ends; {@link Instant#MAX} while nobody rotated it
 */
public record TokenHash(String sha256, Instant validUntil) {}
