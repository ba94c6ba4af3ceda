package dev.outrider.gateway.robot;

import dev.outrider.gateway.robot.Token.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A robot that may ask.
 *
 * @param name lower-case letters, digits and dashes
 * @param models the models it may ask for; empty for every one
 * @param tokens its tokens, the newest first; more than one while a rotation is under way
 * @param certificates SHA-256 of its TLS client certificates (DER), in lower-case hexadecimal
 * @param revoked whether it is shut out
 */
public record Robot(
        String name,
        Set<String> models,
        Limits limits,
        List<Hash> tokens,
        Set<String> certificates,
        boolean revoked) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public Robot {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a robot's name is 1 to 63 lower-case letters, digits and dashes, not \""
                            + name
                            + "\"");
        }
        models = Set.copyOf(models);
        tokens = List.copyOf(tokens);
        certificates = Set.copyOf(certificates);
    }

    /** The fingerprint of the first certificate in a PEM or DER file. */
    public static String certificateSha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Certificate read = CertificateFactory.getInstance("X.509").generateCertificate(in);
            return Token.sha256(read.getEncoded());
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException("no certificate can be read from " + file, e);
        }
    }

    public boolean mayUse(String model) {
        return models.isEmpty() || models.contains(model);
    }

    public Robot with(Limits newLimits) {
        return new Robot(name, models, newLimits, tokens, certificates, revoked);
    }

    public Robot withModels(Set<String> newModels) {
        return new Robot(name, newModels, limits, tokens, certificates, revoked);
    }

    public Robot withCertificates(Set<String> newCertificates) {
        return new Robot(name, models, limits, tokens, newCertificates, revoked);
    }

    Robot withTokens(List<Hash> newTokens) {
        return new Robot(name, models, limits, newTokens, certificates, revoked);
    }

    Robot shutOut() {
        return new Robot(name, models, limits, List.of(), Set.of(), true);
    }

    /**
     * What one robot may use. {@link #NONE} in a field means no limit. A request that is admitted
     * may overshoot the token or cost budget by its own answer; none is admitted once the budget is
     * spent.
     *
     * @param requestsPerMinute requests in one calendar minute
     * @param concurrent requests under way at once
     * @param dailyRequests requests a day, in UTC
     * @param dailyTokens tokens a day, read and written
     * @param dailyMicroUsd millionths of a US dollar a day
     */
    public record Limits(
            long requestsPerMinute,
            long concurrent,
            long dailyRequests,
            long dailyTokens,
            long dailyMicroUsd) {

        /** No limit. */
        public static final long NONE = Long.MAX_VALUE;

        public static final Limits UNLIMITED = new Limits(NONE, NONE, NONE, NONE, NONE);

        public Limits {
            long smallest =
                    Math.min(
                            Math.min(requestsPerMinute, concurrent),
                            Math.min(dailyRequests, Math.min(dailyTokens, dailyMicroUsd)));
            if (smallest < 0) {
                throw new IllegalArgumentException("a limit cannot be negative: " + smallest);
            }
        }

        /** Whether nothing needs to be counted before a request is admitted. */
        public boolean unlimited() {
            return equals(UNLIMITED);
        }
    }
}
