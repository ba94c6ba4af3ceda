package dev.outrider.ai.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.ai.catalogue.ModelEntry.Commercial;
import dev.outrider.ai.catalogue.ModelEntry.Licence;
import dev.outrider.ai.catalogue.ModelEntry.ModelFile;
import dev.outrider.ai.catalogue.ModelEntry.Part;
import dev.outrider.ai.catalogue.ModelEntry.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a catalogue's JSON: an array of models, each with its files. A model that comes in other
 * quantizations, too, names their files under {@code also}; each becomes an entry of its own, named
 * after model and quantization.
 */
final class ModelList {
    private static final Set<String> MODEL_FIELDS =
            Set.of(
                    "name",
                    "aliases",
                    "role",
                    "parameters",
                    "quantization",
                    "contextTokens",
                    "memoryBytes",
                    "languages",
                    "licence",
                    "commercial",
                    "note",
                    "source",
                    "files",
                    "also");
    private static final Set<String> FILE_FIELDS = Set.of("name", "sha256", "sizeBytes", "places");
    private static final int MOST_PARTS = 1000;

    private ModelList() {}

    static List<ModelEntry> shipped() {
        return Stream.of("models.json", "senses.json")
                .flatMap(file -> shipped(file).stream())
                .toList();
    }

    private static List<ModelEntry> shipped(String file) {
        try (var json = ModelList.class.getResourceAsStream(file)) {
            if (json == null) {
                throw new IllegalStateException(file + " is missing from this build");
            }
            return read(json);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " of this build is damaged", e);
        }
    }

    /**
     * Reads the entries.
     *
     * @throws IllegalArgumentException if they make no sense
     */
    static List<ModelEntry> read(InputStream json) throws IOException {
        var entries = new ArrayList<ModelEntry>();
        for (JsonNode model : new ObjectMapper().readTree(json)) {
            only(model, MODEL_FIELDS);
            var name = text(model, "name");
            var aliases = texts(model.path("aliases"));
            entries.add(entry(name, aliases, model, model));
            for (JsonNode other : model.path("also")) {
                only(other, Set.of("quantization", "files"));
                var suffix = text(other, "quantization").toLowerCase(Locale.ROOT);
                entries.add(entry(name + "-" + suffix, List.of(), model, other));
            }
        }
        return entries;
    }

    private static ModelEntry entry(
            String name, List<String> aliases, JsonNode model, JsonNode variant) {
        return new ModelEntry(
                name,
                aliases,
                text(model, "role"),
                model.path("parameters").asLong(0),
                variant.path("quantization").asText(""),
                model.path("contextTokens").asInt(0),
                model.path("memoryBytes").asLong(0),
                texts(model.path("languages")),
                new Licence(
                        text(model, "licence"),
                        Commercial.valueOf(text(model, "commercial").toUpperCase(Locale.ROOT)),
                        model.path("note").asText("")),
                text(model, "source"),
                nodes(variant.path("files")).map(ModelList::file).toList());
    }

    private static ModelFile file(JsonNode file) {
        only(file, FILE_FIELDS);
        @Nullable String sha256 = file.has("sha256") ? text(file, "sha256") : null;
        @Nullable Long size = file.has("sizeBytes") ? file.path("sizeBytes").asLong(0) : null;
        return new ModelFile(
                text(file, "name"),
                sha256,
                size,
                nodes(file.path("places")).map(ModelList::place).toList());
    }

    private static Place place(JsonNode place) {
        if (place.has("url")) {
            return new Place.Web(URI.create(text(place, "url")));
        }
        if (place.has("folder")) {
            return new Place.Folder(Path.of(text(place, "folder")));
        }
        return new Place.Packages(nodes(place.path("packages")).flatMap(ModelList::parts).toList());
    }

    /** Packages that differ by a number only are written once, with {@code %d} and their count. */
    private static Stream<Part> parts(JsonNode part) {
        if (!part.has("count")) {
            return Stream.of(part(part, text(part, "name"), text(part, "member")));
        }
        int count = part.path("count").asInt();
        if (count < 1 || count > MOST_PARTS) {
            throw new IllegalArgumentException("catalogue entry: bad count " + count);
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj(i ->
                        part(
                                part,
                                numbered(text(part, "name"), i),
                                numbered(text(part, "member"), i)));
    }

    private static String numbered(String pattern, int number) {
        try {
            return pattern.formatted(number, number);
        } catch (IllegalFormatException e) {
            throw new IllegalArgumentException("catalogue entry: bad pattern " + pattern, e);
        }
    }

    private static Part part(JsonNode part, String name, String member) {
        var client = PackageRef.Client.valueOf(text(part, "client").toUpperCase(Locale.ROOT));
        return new Part(
                new PackageRef(client, name, text(part, "version"), part.path("wheel").asText("")),
                member);
    }

    private static Stream<JsonNode> nodes(JsonNode array) {
        return IntStream.range(0, array.size()).mapToObj(array::path);
    }

    private static List<String> texts(JsonNode array) {
        return nodes(array).map(JsonNode::asText).toList();
    }

    private static String text(JsonNode json, String field) {
        var value = json.path(field);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new IllegalArgumentException(
                    "catalogue entry: %s has no %s"
                            .formatted(json.path("name").asText("one"), field));
        }
        return value.asText();
    }

    private static void only(JsonNode json, Set<String> fields) {
        json.fieldNames()
                .forEachRemaining(field -> {
                    if (!fields.contains(field)) {
                        throw new IllegalArgumentException(
                                "catalogue entry: unknown field " + field);
                    }
                });
    }
}
