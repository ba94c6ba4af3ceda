package dev.outrider.gateway.admin;

import dev.outrider.gateway.store.Database;
import dev.outrider.gateway.store.StateConfig;
import io.quarkus.runtime.Startup;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The owner's secret: given, or made at random and kept in a file that only its owner can read. */
@Startup
@Singleton
final class OwnerToken {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerToken.class);
    private static final int RANDOM_BYTES = 32;
    private static final int SHORTEST = 16;

    private final byte[] expected;

    OwnerToken(
            OwnerConfig config,
            StateConfig state,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        Path made = state.folder().resolve("owner-token");
        String token =
                config.tokenFile()
                        .map(OwnerToken::firstLine)
                        .or(config::token)
                        .orElseGet(() -> kept(made, state));
        String where =
                config.token().isPresent() ? "configured" : "in " + config.tokenFile().orElse(made);
        LOG.info("the owner's page is http://{}:{}/, its token is {}", host, port, where);
        if (token.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "the owner's token must have at least " + SHORTEST + " characters");
        }
        expected = token.getBytes(StandardCharsets.UTF_8);
    }

    private static String kept(Path file, StateConfig state) {
        try {
            if (!Files.exists(file)) {
                Path _ = Database.folder(state);
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, random() + "\n");
            }
            return firstLine(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the owner's token in " + file, e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("").strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the owner's token from " + file, e);
        }
    }

    /** Whether it is this one; takes the same time wherever they differ. */
    boolean is(String token) {
        return MessageDigest.isEqual(expected, token.getBytes(StandardCharsets.UTF_8));
    }

    /** Who may use the owner's API. */
    @ConfigMapping(prefix = "gateway.owner")
    public interface OwnerConfig {

        /** The owner's token; better kept in {@link #tokenFile} or the environment. */
        Optional<String> token();

        /**
         * A file whose first line is the owner's token. Without either, one is made at first start.
         */
        Optional<Path> tokenFile();

        /**
         * Whether {@code /q/metrics}, which names robots and what they spend, asks for no token.
         */
        @WithDefault("false")
        boolean openMetrics();
    }
}
