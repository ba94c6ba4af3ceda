package dev.outrider.gateway.upstream;

import dev.outrider.gateway.upstream.Ask.Endpoint;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** Small values for the tests of this package. */
final class Fakes {

    private Fakes() {}

    static <T> T config(Class<T> type, Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(type)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(type);
    }

    static Ask ask(boolean streaming, boolean usageWanted) {
        Ask.Span span = new Ask.Span(1, 4);
        Buffer body = Buffer.buffer("{\"m\"}");
        return new Ask(Endpoint.CHAT, "m", streaming, usageWanted, body, span, null);
    }
}
