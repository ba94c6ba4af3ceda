package dev.outrider.gateway.robot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A robot's secret as the robot holds it: {@code otr_<robot>_<256 random bits in base64url>}. It is
 * shown once, when it is made, and never printed by {@link #toString}.
 */
public final class Token {

    private static final String PREFIX = "otr_";
    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private Token(String text) {
        this.text = text;
    }

    static Token newFor(String robot) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return new Token(PREFIX + robot + "_" + base64.encodeToString(random));
    }

    /** The token in an {@code Authorization} header, or empty where there is none. */
    public static Optional<Token> inHeader(String authorization) {
        String scheme = "Bearer ";
        if (!authorization.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return Optional.empty();
        }
        return Optional.of(new Token(authorization.substring(scheme.length()).strip()));
    }

    /** The whole secret, for the one who made it. */
    public String reveal() {
        return text;
    }

    /** The robot it claims to be of; empty text where it claims none. */
    String robot() {
        int end = text.indexOf('_', PREFIX.length());
        return text.startsWith(PREFIX) && end > 0 ? text.substring(PREFIX.length(), end) : "";
    }

    Hash hash(Instant validUntil) {
        return new Hash(sha256(text.getBytes(StandardCharsets.UTF_8)), validUntil);
    }

    /** Whether it is one of these and still valid; takes the same time wherever they differ. */
    boolean isOneOf(List<Hash> hashes, Instant now) {
        byte[] own = sha256(text.getBytes(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        boolean found = false;
        for (Hash hash : hashes) {
            byte[] known = hash.sha256().getBytes(StandardCharsets.UTF_8);
            boolean same = MessageDigest.isEqual(own, known);
            found |= same && now.isBefore(hash.validUntil());
        }
        return found;
    }

    /** The digest in lower-case hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Token[of " + robot() + "]";
    }

    /**
     * What is kept of a robot's token.
     *
     * @param sha256 in lower-case hexadecimal; enough for a token of 256 random bits
     * @param validUntil when it ends; {@link Instant#MAX} while nobody rotated it
     */
    public record Hash(String sha256, Instant validUntil) {}
}
