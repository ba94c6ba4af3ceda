package dev.outrider.cli;

import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.ModelEntry;
import dev.outrider.ai.catalogue.ModelState;
import dev.outrider.ai.catalogue.Progress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The model file a command was told to use.
 *
 * @param name for people
 */
record NamedModel(String name, Path file) {

    /** A file, or a model of the catalogue, fetched if this machine lacks it. */
    static NamedModel fetched(String named, ModelCatalogue catalogue, Progress progress) {
        if (isFile(named)) {
            return ofFile(named);
        }
        ModelEntry entry = catalogue.named(named);
        return new NamedModel(entry.name(), catalogue.fetch(entry, progress));
    }

    /** A file, or a model of the catalogue that this machine has; nothing is fetched. */
    static NamedModel present(String named, ModelCatalogue catalogue) {
        if (isFile(named)) {
            return ofFile(named);
        }
        ModelEntry entry = catalogue.named(named);
        return switch (catalogue.state(entry)) {
            case ModelState.Verified(Path file) -> new NamedModel(entry.name(), file);
            case ModelState.Damaged(Path file, String reason) ->
                    throw new CommandFailure(
                            file + " is damaged, " + reason + ": " + pull(entry) + " replaces it");
            case ModelState.Absent() ->
                    throw new CommandFailure(
                            entry.name() + " is not on this machine: " + pull(entry));
        };
    }

    /** The first model of the catalogue that can talk and that this machine has. */
    static NamedModel anyChat(ModelCatalogue catalogue) {
        return catalogue.entries().stream()
                .filter(entry -> entry.role().equals("chat"))
                .flatMap(entry ->
                        catalogue
                                .cached(entry)
                                .map(file -> new NamedModel(entry.name(), file))
                                .stream())
                .findFirst()
                .orElseThrow(() ->
                        new CommandFailure(
                                "there is no model on this machine: name a GGUF file with --model,"
                                        + " or fetch one with outrider models pull smollm2"));
    }

    private static NamedModel ofFile(String named) {
        Path file = Path.of(named);
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure("there is no model file " + named);
        }
        return new NamedModel(file.getFileName().toString(), file);
    }

    private static boolean isFile(String named) {
        return named.contains("/")
                || named.endsWith(".gguf")
                || Files.isRegularFile(Path.of(named));
    }

    private static String pull(ModelEntry entry) {
        return "outrider models pull " + entry.name();
    }
}
