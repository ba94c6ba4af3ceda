package dev.outrider.gateway.wire;

import dev.outrider.gateway.robot.Robot;
import dev.outrider.gateway.robot.Roster;
import dev.outrider.gateway.robot.Token;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Tells which robot asks: by its token, or else by the certificate it showed in the handshake. */
final class Door {

    private final Roster roster;

    Door(Roster roster) {
        this.roster = roster;
    }

    Optional<Robot> robot(HttpServerRequest request) {
        @Nullable String authorization = request.getHeader("Authorization");
        if (authorization != null) {
            return Token.inHeader(authorization).flatMap(roster::holderOf);
        }
        @Nullable SSLSession session = request.connection().sslSession();
        return session == null ? Optional.empty() : byCertificate(session);
    }

    private Optional<Robot> byCertificate(SSLSession session) {
        try {
            Certificate shown = session.getPeerCertificates()[0];
            return roster.holderOf(Token.sha256(shown.getEncoded()));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty(); // it showed none
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was parsed can be written", e);
        }
    }
}
