package dev.outrider.gateway;

import dev.outrider.gateway.store.StateConfig;
import dev.outrider.gateway.upstream.UpstreamsConfig;
import dev.outrider.gateway.upstream.UpstreamsConfig.AttemptsConfig;
import dev.outrider.gateway.upstream.UpstreamsConfig.BreakerConfig;
import dev.outrider.gateway.usage.Prompts.AuditConfig;
import dev.outrider.gateway.wire.WireConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.PropertiesConfigSourceLoader;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Everything an owner can set, by the consumers' own declarations. */
public record Settings(
        WireConfig wire,
        AttemptsConfig attempts,
        BreakerConfig breaker,
        UpstreamsConfig upstreams,
        StateConfig state,
        AuditConfig audit) {

    /**
     * Reads them as the service does: from system properties, the environment, {@code
     * config/application.properties}, and the defaults.
     */
    public static Settings load() {
        ClassLoader classes = Settings.class.getClassLoader();
        String file = Path.of("config", "application.properties").toUri().toString();
        return of(
                builder()
                        .addDefaultSources()
                        .withSources(PropertiesConfigSourceLoader.inFileSystem(file, 260, classes))
                        .withSources(
                                PropertiesConfigSourceLoader.inClassPath(
                                        "application.properties", 250, classes))
                        .build());
    }

    /** These alone, over the defaults. */
    public static Settings of(Map<String, String> properties) {
        int ordinal = ConfigSource.DEFAULT_ORDINAL;
        return of(
                builder()
                        .withSources(new PropertiesConfigSource(properties, "given", ordinal))
                        .build());
    }

    private static SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(WireConfig.class)
                .withMapping(AttemptsConfig.class)
                .withMapping(BreakerConfig.class)
                .withMapping(UpstreamsConfig.class)
                .withMapping(StateConfig.class)
                .withMapping(AuditConfig.class);
    }

    static Settings of(SmallRyeConfig config) {
        return new Settings(
                config.getConfigMapping(WireConfig.class),
                config.getConfigMapping(AttemptsConfig.class),
                config.getConfigMapping(BreakerConfig.class),
                config.getConfigMapping(UpstreamsConfig.class),
                config.getConfigMapping(StateConfig.class),
                config.getConfigMapping(AuditConfig.class));
    }
}
