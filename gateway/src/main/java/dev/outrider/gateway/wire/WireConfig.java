package dev.outrider.gateway.wire;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The wire's limits. */
@ConfigMapping(prefix = "gateway.wire")
public interface WireConfig {

    /** Address to listen on. */
    @WithDefault("127.0.0.1")
    String host();

    /** Port to listen on; 0 takes a free one. */
    @WithDefault("8090")
    int port();

    /** Event loops that serve robots; 0 takes one per processor. */
    @WithDefault("0")
    int loops();

    /** Largest request body, in bytes. */
    @WithDefault("10485760")
    int maxBodyBytes();

    /** Longest time for a request's body to arrive. */
    @WithDefault("10s")
    Duration body();

    /** Longest time for a request's head to arrive on a new connection. */
    @WithDefault("10s")
    Duration head();

    /** Longest time between two requests on one connection. */
    @WithDefault("75s")
    Duration idle();

    /** Deadline of a request that names none in {@code x-deadline-ms}. */
    @WithDefault("120s")
    Duration deadline();

    /** Longest deadline a request may name; a longer one counts as this. */
    @WithDefault("15m")
    Duration longestDeadline();

    Tls tls();

    /** TLS towards robots; off without a certificate. */
    interface Tls {

        /** PEM file of the server's certificate chain. */
        Optional<Path> certificate();

        /** PEM file of the server's key. */
        Optional<Path> key();

        /** PEM file of the authority that signs robots' certificates; others fail the handshake. */
        Optional<Path> clientCa();

        /** Whether a robot must show a certificate, token or not. */
        @WithDefault("false")
        boolean clientRequired();
    }
}
