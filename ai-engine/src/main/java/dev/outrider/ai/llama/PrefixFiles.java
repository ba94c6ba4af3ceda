package dev.outrider.ai.llama;

import dev.outrider.ai.catalogue.Checksums;
import dev.outrider.ai.llama.foreign.LlamaLibrary;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Predicate;

/**
 * Files of remembered beginnings. Their names depend on all that their content depends on: the
 * model and adapters (by size, first and last bytes), the library, the kind of cache, and the
 * tokens. A file is used only if its checksum, kept beside it, is right: libllama trusts its input.
 */
final class PrefixFiles {
    private static final int SAMPLE_BYTES = 1 << 22;

    private final byte[] fingerprint;

    PrefixFiles(Path model, LlamaOptions options) throws IOException {
        var digest = sha256();
        sample(model, digest);
        for (Adapter adapter : options.adapters()) {
            sample(adapter.file(), digest);
            digest.update(Float.toString(adapter.scale()).getBytes(StandardCharsets.UTF_8));
        }
        digest.update(options.cacheType().name().getBytes(StandardCharsets.UTF_8));
        digest.update(LlamaLibrary.VERSION.getBytes(StandardCharsets.UTF_8));
        fingerprint = digest.digest();
    }

    private static void sample(Path file, MessageDigest digest) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
            var sample = new byte[(int) Math.min(SAMPLE_BYTES, bytes.length())];
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, bytes.length()));
            bytes.readFully(sample);
            digest.update(sample);
            bytes.seek(bytes.length() - sample.length);
            bytes.readFully(sample);
            digest.update(sample);
        }
    }

    Path file(Path folder, int[] tokens) {
        var digest = sha256();
        digest.update(fingerprint);
        for (int token : tokens) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, token));
        }
        return folder.resolve(HexFormat.of().formatHex(digest.digest()) + ".prefix");
    }

    static boolean sound(Path file) throws IOException {
        var checksum = checksum(file);
        return Files.isRegularFile(file)
                && Files.isRegularFile(checksum)
                && Files.readString(checksum).equals(Checksums.sha256(file));
    }

    /** Has a file written beside its place and puts it there only when it is complete. */
    static boolean write(Path file, Predicate<Path> writer) throws IOException {
        Files.createDirectories(file.getParent());
        var unfinished = Files.createTempFile(file.getParent(), "", ".unfinished");
        try {
            if (!writer.test(unfinished)) {
                return false;
            }
            Files.writeString(checksum(file), Checksums.sha256(unfinished));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static Path checksum(Path file) {
        return file.resolveSibling(file.getFileName() + ".sha256");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
