package dev.outrider.ai.catalogue;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A model file the catalogue knows.
 *
 * @param name how people ask for it
 * @param role what it is for: {@code chat}, {@code embedding}, {@code detection}, {@code ocr},
 *     {@code vad}, {@code stt}, {@code tts}
 * @param licence SPDX identifier of the model's own licence
 * @param source where the model's makers publish it, for people
 * @param file name of the file in the cache
 * @param sha256 of the file, lower-case hexadecimal
 * @param sizeBytes of the file
 * @param contextTokens longest context it was trained for, 0 for a model without one
 * @param parts packages that carry the file; their parts in order are the file
 */
public record ModelEntry(
        String name,
        String role,
        String licence,
        String source,
        String file,
        String sha256,
        long sizeBytes,
        int contextTokens,
        List<Part> parts) {
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * A stretch of the file that one package carries.
     *
     * @param member path of the part inside the package
     */
    public record Part(PackageRef reference, String member) {}

    public ModelEntry {
        parts = List.copyOf(parts);
        require(FILE.matcher(name).matches(), "name", name);
        require(FILE.matcher(file).matches(), "file", file);
        require(SHA256.matcher(sha256).matches(), "sha256", sha256);
        require(sizeBytes > 0, "sizeBytes", sizeBytes);
        require(contextTokens >= 0, "contextTokens", contextTokens);
        require(!parts.isEmpty(), "parts", parts);
    }

    private static void require(boolean holds, String field, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("catalogue entry: bad " + field + " " + value);
        }
    }
}
