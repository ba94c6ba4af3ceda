package dev.outrider.gateway.cli;

import dev.outrider.gateway.usage.Usage;
import io.vertx.core.json.JsonObject;

/** A record of use as JSON. */
public final class UsageView {

    private UsageView() {}

    public static JsonObject of(Usage usage) {
        return new JsonObject()
                .put("id", usage.id())
                .put("at", usage.at().toString())
                .put("robot", usage.robot())
                .put("model", usage.model())
                .put("endpoint", usage.endpoint())
                .put("streaming", usage.streaming())
                .put("status", usage.status())
                .put("outcome", usage.outcome())
                .put("upstream", usage.upstream())
                .put("promptTokens", usage.promptTokens())
                .put("completionTokens", usage.completionTokens())
                .put("estimated", usage.estimated())
                .put("microUsd", usage.microUsd())
                .put("latencyMs", usage.latencyMs())
                .put("firstTokenMs", usage.firstTokenMs())
                .put("calls", usage.calls())
                .put("prompt", usage.prompt());
    }
}
