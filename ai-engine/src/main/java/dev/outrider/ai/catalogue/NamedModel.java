package dev.outrider.ai.catalogue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The model file somebody asked for: by its path, or by its name in the catalogue.
 *
 * @param name for people
 */
public record NamedModel(String name, Path file) {
    /**
     * A file, or a model of the catalogue, fetched if this machine lacks it.
     *
     * @throws CatalogueException if there is no such file or name, or it cannot be fetched
     */
    public static NamedModel fetched(String named, ModelCatalogue catalogue, Progress progress) {
        if (isFile(named)) {
            return ofFile(named);
        }
        var entry = catalogue.named(named);
        return new NamedModel(entry.name(), catalogue.fetch(entry, progress));
    }

    /**
     * A file, or a model of the catalogue that this machine has; nothing is fetched.
     *
     * @throws CatalogueException if there is no such file or name, or it is not sound; the message
     *     says how to get it
     */
    public static NamedModel present(String named, ModelCatalogue catalogue) {
        if (isFile(named)) {
            return ofFile(named);
        }
        var entry = catalogue.named(named);
        return new NamedModel(entry.name(), catalogue.present(entry));
    }

    /**
     * The first model of the catalogue that can talk and that this machine has.
     *
     * @throws CatalogueException if there is none
     */
    public static NamedModel anyChat(ModelCatalogue catalogue) {
        return catalogue.entries().stream()
                .filter(entry -> entry.role().equals("chat"))
                .flatMap(entry ->
                        catalogue
                                .cached(entry)
                                .map(file -> new NamedModel(entry.name(), file))
                                .stream())
                .findFirst()
                .orElseThrow(() ->
                        new CatalogueException(
                                "there is no model on this machine: name a GGUF file with --model,"
                                        + " or fetch one with outrider models pull smollm2"));
    }

    private static NamedModel ofFile(String named) {
        var file = Path.of(named);
        if (!Files.isRegularFile(file)) {
            throw new CatalogueException.Unknown("there is no model file " + named);
        }
        return new NamedModel(file.getFileName().toString(), file);
    }

    private static boolean isFile(String named) {
        return named.contains("/")
                || named.endsWith(".gguf")
                || Files.isRegularFile(Path.of(named));
    }
}
