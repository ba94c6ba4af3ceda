package dev.outrider.ai.scout;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.llama.Adapter;
import dev.outrider.ai.llama.LlamaOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Scout: {@value #BASE} of the catalogue with the adapter that this build carries. libllama reads
 * files only, so the adapter is laid into the cache, under its checksum.
 */
public final class ScoutModel {

    /** How people ask for it. */
    public static final String NAME = "scout";

    /** The catalogue's name of the model under the adapter. */
    public static final String BASE = "smollm2-135m-instruct";

    /** Tokens Scout is loaded for: a long capability list and a long instruction, many times. */
    public static final int CONTEXT_TOKENS = 4096;

    private static final String RESOURCE = "scout-adapter.gguf";

    private ScoutModel() {}

    /**
     * How the base is loaded to be Scout.
     *
     * @throws CatalogueException if the adapter cannot be laid into the cache
     */
    public static LlamaOptions options(CacheFolder cache) {
        return LlamaOptions.defaults()
                .withContextTokens(CONTEXT_TOKENS)
                .withAdapters(List.of(new Adapter(adapter(cache), 1)));
    }

    /** The adapter as a file, written if the cache does not hold just these bytes. */
    static Path adapter(CacheFolder cache) {
        byte[] bytes = resource();
        Path file = cache.root().resolve("scout").resolve(sha256(bytes) + ".gguf");
        try {
            if (!Files.isRegularFile(file)
                    || !sha256(Files.readAllBytes(file)).equals(name(file))) {
                Path work = cache.work();
                try {
                    Path written = Files.write(work.resolve(RESOURCE), bytes);
                    Files.createDirectories(file.getParent());
                    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    CacheFolder.delete(work);
                }
            }
            return file;
        } catch (IOException e) {
            throw new CatalogueException(
                    "Scout's adapter could not be written under " + cache.root() + ": " + e, e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".gguf", "");
    }

    private static byte[] resource() {
        try (InputStream stream = ScoutModel.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new CatalogueException("this build carries no adapter for Scout");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new CatalogueException("this build's adapter for Scout is damaged: " + e, e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
