package dev.outrider.journal;

import java.time.Duration;

/**
 * How much the journal remembers.
 *
 * @param retention how long an answered command and its letters are kept
 * @param keepAtLeast the newest commands that stay whatever their age, so that a clock that jumps
 *     ahead does not make the robot forget what it did
 * @param deadLetters the most dead letters kept
 * @param deadLetterBytes where a dead letter's payload is cut
 * @param samplesPerStream the most samples stored for each stream of telemetry
 */
public record JournalConfig(
        Duration retention,
        int keepAtLeast,
        int deadLetters,
        int deadLetterBytes,
        int samplesPerStream) {

    /** What is right for most robots. */
    public static final JournalConfig DEFAULT =
            new JournalConfig(Duration.ofDays(7), 1000, 1000, 4096, 10_000);

    public JournalConfig {
        if (retention.isNegative() || keepAtLeast < 0 || deadLetterBytes < 0) {
            throw new IllegalArgumentException("the journal's bounds are not negative");
        }
        if (deadLetters < 1 || samplesPerStream < 1) {
            throw new IllegalArgumentException("the journal has room for a row of each kind");
        }
    }
}
