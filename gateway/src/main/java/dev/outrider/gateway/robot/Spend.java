package dev.outrider.gateway.robot;

/** What a robot used in one day. */
public record Spend(long requests, long tokens, long microUsd) {

    public static final Spend NOTHING = new Spend(0, 0, 0);

    Spend plus(Spend other) {
        return new Spend(
                requests + other.requests, tokens + other.tokens, microUsd + other.microUsd);
    }
}
