package dev.outrider.gateway.wire;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Set;

/** How the wire listens. */
final class ListenOptions {

    private ListenOptions() {}

    static HttpServerOptions of(WireConfig config) {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setHost(config.host())
                        .setPort(config.port())
                        .setMaxHeaderSize(16 * 1024)
                        .setMaxInitialLineLength(4096)
                        .setHandle100ContinueAutomatically(true)
                        .setHttp2ClearTextEnabled(false);
        config.tls().certificate().ifPresent(chain -> secure(options, config.tls()));
        return options;
    }

    private static void secure(HttpServerOptions options, WireConfig.Tls tls) {
        String key =
                tls.key()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "gateway.wire.tls.certificate needs"
                                                + " gateway.wire.tls.key"))
                        .toString();
        PemKeyCertOptions own =
                new PemKeyCertOptions()
                        .setCertPath(tls.certificate().orElseThrow().toString())
                        .setKeyPath(key);
        options.setSsl(true)
                .setUseAlpn(false)
                .setKeyCertOptions(own)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
        tls.clientCa()
                .ifPresent(ca ->
                        options.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString()))
                                .setClientAuth(
                                        tls.clientRequired()
                                                ? ClientAuth.REQUIRED
                                                : ClientAuth.REQUEST));
    }
}
