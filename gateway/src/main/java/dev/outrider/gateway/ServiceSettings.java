package dev.outrider.gateway;

import dev.outrider.gateway.store.StateConfig;
import dev.outrider.gateway.upstream.AttemptsConfig;
import dev.outrider.gateway.upstream.BreakerConfig;
import dev.outrider.gateway.upstream.UpstreamsConfig;
import dev.outrider.gateway.usage.AuditConfig;
import dev.outrider.gateway.wire.WireConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gathers the settings that Quarkus read. */
@Singleton
final class ServiceSettings {

    @Produces
    @Singleton
    Settings settings(
            WireConfig wire,
            AttemptsConfig attempts,
            BreakerConfig breaker,
            UpstreamsConfig upstreams,
            StateConfig state,
            AuditConfig audit) {
        return new Settings(wire, attempts, breaker, upstreams, state, audit);
    }
}
