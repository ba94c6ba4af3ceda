package dev.outrider.gateway.bench;

import java.time.Duration;

/**
 * What an upstream does with each request.
 *
 * @param tokens events of a stream that carry text
 * @param first pause before the first
 * @param between pause between two
 */
public record Script(Fault fault, int tokens, Duration first, Duration between) {

    /** A right answer of eight tokens, as fast as can be. */
    public static final Script RIGHT = failing(Fault.NONE);

    public static Script failing(Fault fault) {
        return new Script(fault, 8, Duration.ZERO, Duration.ZERO);
    }

    public static Script streaming(int tokens, Duration between) {
        return new Script(Fault.NONE, tokens, Duration.ZERO, between);
    }
}
