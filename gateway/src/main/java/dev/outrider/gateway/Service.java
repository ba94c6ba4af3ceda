package dev.outrider.gateway;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway inside the service process. */
@ApplicationScoped
public class Service {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final Vertx vertx;
    private final Settings settings;
    private final Metrics metrics;
    private volatile @Nullable Gateway gateway;

    Service(Vertx vertx, Settings settings, Metrics metrics) {
        this.vertx = vertx;
        this.settings = settings;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        Gateway opened = new Gateway(vertx, settings, metrics::count);
        gateway = opened;
        metrics.watch(opened.pool());
        LOG.info(
                "state is {}, counters {}",
                settings.state().jdbcUrl().isPresent()
                        ? "in PostgreSQL"
                        : "in SQLite in " + settings.state().folder(),
                settings.state().redis().isPresent()
                        ? "in Redis, shared by all replicas"
                        : "in memory, right for one replica");
        LOG.info("robots connect to {}:{}", settings.wire().host(), opened.port());
        if (opened.pool().upstreams().isEmpty()) {
            LOG.warn(
                    "no model server is configured: set gateway.upstreams.NAME.url and"
                            + " gateway.upstreams.NAME.models.ALIAS in"
                            + " config/application.properties");
        } else {
            LOG.info("robots may ask for {}", opened.pool().models());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (gateway != null) {
            gateway.close();
        }
    }

    /** The running gateway. */
    public Gateway gateway() {
        return Objects.requireNonNull(gateway, "the gateway is not started yet");
    }
}
