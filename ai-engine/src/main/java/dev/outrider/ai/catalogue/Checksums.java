package dev.outrider.ai.catalogue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Checksums of files, in the spelling their publishers use. */
public final class Checksums {
    private Checksums() {}

    /** SHA-256 in lower-case hexadecimal, as model hubs print it. */
    public static String sha256(Path file) throws IOException {
        return HexFormat.of().formatHex(digest("SHA-256", file));
    }

    /** SHA-512 in Base64, as the integrity field of an npm package has it. */
    public static String sha512(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(digest("SHA-512", file));
    }

    private static byte[] digest(String algorithm, Path file) throws IOException {
        var digest = digest(algorithm);
        try (var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, sink);
        }
        return digest.digest();
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
