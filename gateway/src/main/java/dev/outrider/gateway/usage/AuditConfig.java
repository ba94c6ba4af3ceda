package dev.outrider.gateway.usage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/** What of a request is recorded besides its numbers. */
@ConfigMapping(prefix = "gateway.audit")
public interface AuditConfig {

    /** Whether request bodies are kept. */
    @WithDefault("false")
    boolean prompts();

    /** JSON fields whose values are not kept, wherever in the body they stand. */
    Optional<Set<String>> redact();
}
