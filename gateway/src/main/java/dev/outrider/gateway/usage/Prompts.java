package dev.outrider.gateway.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** What of a request's body is kept: nothing, unless the owner switched it on. */
public final class Prompts {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REDACTED = "[redacted]";

    private final boolean kept;
    private final Set<String> redacted;

    public Prompts(AuditConfig config) {
        this.kept = config.prompts();
        this.redacted = config.redact().orElse(Set.of());
    }

    /** The body without its redacted fields; empty where none is kept. */
    public Optional<String> of(Buffer body) {
        if (!kept) {
            return Optional.empty();
        }
        try {
            JsonNode tree = JSON.readTree(body.getBytes());
            redact(tree);
            return Optional.of(tree.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException("the body was checked to be JSON", e);
        }
    }

    private void redact(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String field : redacted) {
                if (object.has(field)) {
                    object.put(field, REDACTED);
                }
            }
        }
        node.forEach(this::redact);
    }

    /** What of a request is recorded besides its numbers. */
    @ConfigMapping(prefix = "gateway.audit")
    public interface AuditConfig {

        /** Whether request bodies are kept. */
        @WithDefault("false")
        boolean prompts();

        /** JSON fields whose values are not kept, wherever in the body they stand. */
        Optional<Set<String>> redact();
    }
}
