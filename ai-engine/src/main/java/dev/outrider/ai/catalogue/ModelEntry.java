package dev.outrider.ai.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model the catalogue knows, in one quantization.
 *
 * @param name how people ask for it
 * @param aliases shorter names for it
 * @param role what it is for, in lower case: {@code chat}, {@code embedding}, {@code
 *     speech-to-text}, …
 * @param parameters number of weights; 0 if unknown
 * @param quantization how the weights are stored, by the maker's name; empty if it has none
 * @param contextTokens longest context it was trained for; 0 if it has no context
 * @param memoryBytes resident memory it takes while it is in use, measured; 0 if not known, as for
 *     language models, whose memory depends on their context and is computed
 * @param languages it was made for, by their two letters
 * @param licence of the model itself
 * @param source where the model's makers publish it, for people
 * @param files of which the first one is the model, and the others lie beside it
 */
public record ModelEntry(
        String name,
        List<String> aliases,
        String role,
        long parameters,
        String quantization,
        int contextTokens,
        long memoryBytes,
        List<String> languages,
        Licence licence,
        String source,
        List<ModelFile> files) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern FILE = Pattern.compile("%1$s(/%1$s)*".formatted(NAME));
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Whether a licence lets the model be used for money. */
    public enum Commercial {
        YES,
        /** Under conditions that the licence names. */
        CONDITIONS,
        NO
    }

    /**
     * A model's own licence.
     *
     * @param name SPDX identifier where there is one
     * @param note what people should know of it, empty if nothing
     */
    public record Licence(String name, Commercial commercial, String note) {}

    /**
     * One file.
     *
     * @param name in the model's folder, perhaps with folders before it
     * @param sha256 lower-case hexadecimal; null if its makers' is not known
     * @param sizeBytes null if not known
     * @param places that have it, the best first
     */
    public record ModelFile(
            String name, @Nullable String sha256, @Nullable Long sizeBytes, List<Place> places) {
        public ModelFile {
            places = List.copyOf(places);
            require(FILE.matcher(name).matches(), "file", name);
            require(sha256 == null || SHA256.matcher(sha256).matches(), "sha256", sha256);
            require(sizeBytes == null || sizeBytes > 0, "sizeBytes", sizeBytes);
        }

        public Optional<String> checksum() {
            return Optional.ofNullable(sha256);
        }
    }

    /** Where a file can be had. */
    public sealed interface Place {
        /** An HTTP or HTTPS address of the file itself. */
        record Web(URI uri) implements Place {
            public Web {
                var scheme = uri.getScheme();
                require(
                        ("http".equals(scheme) || "https".equals(scheme)) && uri.getHost() != null,
                        "url",
                        uri);
            }

            @Override
            public String toString() {
                return uri.toString();
            }
        }

        /** A folder that holds the model's files under their names. */
        record Folder(Path path) implements Place {
            @Override
            public String toString() {
                return path.toString();
            }
        }

        /** Registry packages whose parts, in order, are the file. */
        record Packages(List<Part> parts) implements Place {
            public Packages {
                parts = List.copyOf(parts);
                require(!parts.isEmpty(), "packages", parts);
            }

            @Override
            public String toString() {
                var first = parts.getFirst().reference();
                return parts.size() == 1
                        ? first.toString()
                        : "%d packages, the first %s".formatted(parts.size(), first);
            }
        }
    }

    /**
     * A stretch of a file that one package carries.
     *
     * @param member path of the part inside the package
     */
    public record Part(PackageRef reference, String member) {}

    public ModelEntry {
        aliases = List.copyOf(aliases);
        languages = List.copyOf(languages);
        files = List.copyOf(files);
        require(NAME.matcher(name).matches(), "name", name);
        require(ROLE.matcher(role).matches(), "role", role);
        require(parameters >= 0, "parameters", parameters);
        require(contextTokens >= 0, "contextTokens", contextTokens);
        require(memoryBytes >= 0, "memoryBytes", memoryBytes);
        require(!files.isEmpty(), "files", files);
        var names = new HashSet<String>();
        files.forEach(file -> require(names.add(file.name()), "file, named twice:", file.name()));
    }

    /** Size of all files together, unless one is not known. */
    public OptionalLong sizeBytes() {
        return files.stream().anyMatch(file -> file.sizeBytes() == null)
                ? OptionalLong.empty()
                : OptionalLong.of(
                        files.stream()
                                .map(ModelFile::sizeBytes)
                                .mapToLong(size -> size == null ? 0 : size)
                                .sum());
    }

    /** Whether every file can be told from a forgery. */
    public boolean hasChecksums() {
        return files.stream().allMatch(file -> file.sha256() != null);
    }

    /** The same model, its files sought in another place first. */
    ModelEntry from(Function<ModelFile, Place> place) {
        var moved =
                files.stream()
                        .map(file ->
                                new ModelFile(
                                        file.name(),
                                        file.sha256(),
                                        file.sizeBytes(),
                                        List.of(place.apply(file))))
                        .toList();
        return new ModelEntry(
                name,
                aliases,
                role,
                parameters,
                quantization,
                contextTokens,
                memoryBytes,
                languages,
                licence,
                source,
                moved);
    }

    private static void require(boolean holds, String field, @Nullable Object value) {
        if (!holds) {
            throw new IllegalArgumentException("catalogue entry: bad " + field + " " + value);
        }
    }
}
