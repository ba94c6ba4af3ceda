package dev.outrider.gateway.robot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Robots' TLS certificates, as far as they name a robot. */
public final class Certificates {

    private Certificates() {}

    /** The fingerprint of the first certificate in a PEM or DER file. */
    public static String sha256Of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Certificate read = CertificateFactory.getInstance("X.509").generateCertificate(in);
            return Token.sha256(read.getEncoded());
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException("no certificate can be read from " + file, e);
        }
    }
}
