package dev.outrider.gateway.admin;

import dev.outrider.gateway.admin.OwnerToken.OwnerConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** Lets nobody but the owner use the API. Made before the settings are read, so it asks later. */
@Provider
final class OwnerOnly implements ContainerRequestFilter {

    private static final String SCHEME = "Bearer ";
    private static final String MISSING = "send the owner's token as a bearer token";

    private final Instance<OwnerToken> token;

    OwnerOnly(Instance<OwnerToken> token) {
        this.token = token;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!isOwner(request.getHeaderString("Authorization"))) {
            request.abortWith(Problems.answer(401, MISSING));
        }
    }

    /** Metrics are no resource, so they are guarded on their way. */
    void guardMetrics(@Observes Filters filters, OwnerConfig config) {
        filters.register(
                context -> {
                    boolean guarded = context.normalizedPath().equals("/q/metrics");
                    if (!guarded
                            || config.openMetrics()
                            || isOwner(context.request().getHeader("Authorization"))) {
                        context.next();
                    } else {
                        var _ = context.response().setStatusCode(401).end(MISSING);
                    }
                },
                1000);
    }

    private boolean isOwner(@Nullable String authorization) {
        return authorization != null
                && authorization.startsWith(SCHEME)
                && token.get().is(authorization.substring(SCHEME.length()));
    }
}
