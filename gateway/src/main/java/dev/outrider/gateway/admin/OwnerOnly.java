package dev.outrider.gateway.admin;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** Lets nobody but the owner use the API. Made before the settings are read, so it asks later. */
@Provider
final class OwnerOnly implements ContainerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final Instance<OwnerToken> token;

    OwnerOnly(Instance<OwnerToken> token) {
        this.token = token;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable String authorization = request.getHeaderString("Authorization");
        boolean owner =
                authorization != null
                        && authorization.startsWith(SCHEME)
                        && token.get().is(authorization.substring(SCHEME.length()));
        if (!owner) {
            request.abortWith(Problems.answer(401, "send the owner's token as a bearer token"));
        }
    }
}
