package dev.outrider.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.ModelEntry;
import dev.outrider.ai.catalogue.ModelEntry.ModelFile;
import dev.outrider.ai.catalogue.ModelEntry.Place;
import dev.outrider.ai.catalogue.ModelState;
import dev.outrider.ai.openvino.ModelCache;
import dev.outrider.codec.PlanJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The catalogue of models, and the files of it this machine has. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list | show | pull | verify | rm",
        description = {
            "The models known by name, and the files of them on this machine.",
            "A NAME may be cut short as long as only one model begins so."
        })
final class ModelsCommand {

    private final ModelCatalogue catalogue;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    ModelsCommand() {
        this(ModelCatalogue.standard());
    }

    ModelsCommand(ModelCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Every known model and whether this machine has it.")
    int list(
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            description = "Only models for one purpose, such as chat.")
                    @Nullable String role,
            @Option(names = "--json", description = "Print one JSON array.") boolean json) {
        List<ModelEntry> chosen =
                catalogue.entries().stream()
                        .filter(entry -> role == null || entry.role().equals(role))
                        .toList();
        if (json) {
            ArrayNode all = PlanJson.MAPPER.createArrayNode();
            chosen.forEach(entry -> all.add(json(entry, catalogue.state(entry))));
            out().println(all);
            return 0;
        }
        line(
                "NAME",
                "ROLE",
                "WEIGHTS",
                "AS",
                "SIZE",
                "MEMORY",
                "CONTEXT",
                "LICENCE",
                "FOR MONEY",
                "HERE");
        for (ModelEntry entry : chosen) {
            line(
                    entry.name(),
                    entry.role(),
                    weights(entry.parameters()),
                    entry.quantization().isEmpty() ? "-" : entry.quantization(),
                    size(entry),
                    entry.memoryBytes() == 0 ? "-" : Megabytes.of(entry.memoryBytes()),
                    entry.contextTokens() == 0 ? "-" : Integer.toString(entry.contextTokens()),
                    entry.licence().name(),
                    lower(entry.licence().commercial()),
                    word(catalogue.state(entry)));
        }
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "One model: where it comes from, its licence and checksums.")
    int show(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        ModelEntry entry = catalogue.named(name);
        ModelState state = catalogue.state(entry);
        if (json) {
            out().println(json(entry, state));
            return 0;
        }
        field("name", entry.name());
        field("role", entry.role());
        if (entry.parameters() > 0) {
            field("weights", weights(entry.parameters()) + " as " + entry.quantization());
        }
        if (!entry.languages().isEmpty()) {
            field("languages", String.join(" ", entry.languages()));
        }
        field("licence", entry.licence().name());
        field("for money", lower(entry.licence().commercial()));
        if (!entry.licence().note().isEmpty()) {
            field("", entry.licence().note());
        }
        field("source", entry.source());
        if (entry.contextTokens() > 0) {
            field("context", entry.contextTokens() + " tokens");
        }
        field("size", size(entry));
        if (entry.memoryBytes() > 0) {
            field("memory", Megabytes.of(entry.memoryBytes()) + " while it is in use");
        }
        for (ModelFile file : entry.files()) {
            field("file", file.name());
            field("sha256", file.checksum().orElse("checksum unknown"));
            file.places().forEach(place -> field("from", described(place)));
        }
        field("here", described(entry, state));
        return 0;
    }

    @Command(
            name = "pull",
            mixinStandardHelpOptions = true,
            description = {
                "Fetches a model and accepts it only by its SHA-256.",
                "A pull that was interrupted goes on where it was left."
            })
    int pull(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--from",
                            paramLabel = "URL|FOLDER|FILE",
                            description =
                                    "Another place that has the same bytes: an HTTP address of the"
                                            + " file or, ending in /, of its folder; or a folder here.")
                    @Nullable String from,
            @Option(
                            names = "--unverified",
                            description =
                                    "Take a file whose checksum the catalogue does not know, too.")
                    boolean unverified,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        ModelEntry known = catalogue.named(name);
        ModelEntry entry = from == null ? known : ModelCatalogue.from(known, from);
        PullProgress progress = new PullProgress(spec.commandLine().getErr());
        Path file =
                unverified
                        ? catalogue.fetchUnverified(entry, progress)
                        : catalogue.fetch(entry, progress);
        ModelState state = catalogue.state(known);
        out().println(
                        json
                                ? json(known, state).toString()
                                : known.name()
                                        + " is at "
                                        + file
                                        + (state instanceof ModelState.Verified
                                                ? ", verified by its SHA-256"
                                                : ", unverified, at your word"));
        return 0;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description =
                    "Hashes the files on this machine again; exit code 1 unless all are sound.")
    int verify(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        ModelEntry entry = catalogue.named(name);
        ModelState state = catalogue.verify(entry);
        out().println(
                        json
                                ? json(entry, state).toString()
                                : entry.name() + ": " + described(entry, state));
        return state instanceof ModelState.Verified || state instanceof ModelState.Accepted ? 0 : 1;
    }

    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description =
                    "Removes the files from this machine, half-fetched ones and what was compiled from"
                            + " them too.")
    int rm(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        ModelEntry entry = catalogue.named(name);
        long freed = catalogue.remove(entry);
        if (freed > 0) {
            freed += removeCompiled();
        }
        if (json) {
            out().println(json(entry, new ModelState.Absent()).put("freedBytes", freed));
        } else if (freed == 0) {
            out().println(entry.name() + " was not on this machine");
        } else {
            out().println(entry.name() + " removed, " + Megabytes.of(freed) + " freed");
        }
        return 0;
    }

    private static long removeCompiled() {
        ModelCache compiled = ModelCache.standard();
        try {
            return compiled.removeStale();
        } catch (IOException e) {
            throw new CommandFailure(
                    "what was compiled from it stays in %s: %s".formatted(compiled.folder(), e));
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void line(String... columns) {
        out().println(
                        String.format(
                                Locale.ROOT,
                                "%-30s %-11s %7s %-7s %8s %8s %8s  %-13s %-11s %s",
                                (Object[]) columns));
    }

    private void field(String name, String value) {
        out().println(String.format(Locale.ROOT, "%-9s %s", name, value));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String weights(long parameters) {
        if (parameters == 0) {
            return "-";
        }
        return parameters < 1_000_000_000
                ? parameters / 1_000_000 + "M"
                : String.format(Locale.ROOT, "%.1fB", parameters / 1e9);
    }

    private static String size(ModelEntry entry) {
        return entry.sizeBytes().isPresent()
                ? Megabytes.of(entry.sizeBytes().getAsLong())
                : "unknown";
    }

    private static String described(Place place) {
        return switch (place) {
            case Place.Web(URI uri) -> uri.toString();
            case Place.Folder(Path folder) -> folder.toString();
            case Place.Packages(List<ModelEntry.Part> parts) ->
                    place + " (" + lower(parts.getFirst().reference().client()) + ")";
        };
    }

    private static String word(ModelState state) {
        return lower(State.of(state));
    }

    private enum State {
        ABSENT,
        VERIFIED,
        ACCEPTED,
        UNVERIFIED,
        DAMAGED;

        static State of(ModelState state) {
            return switch (state) {
                case ModelState.Absent() -> ABSENT;
                case ModelState.Verified(Path file) -> VERIFIED;
                case ModelState.Accepted(Path file) -> ACCEPTED;
                case ModelState.Unverified(Path file) -> UNVERIFIED;
                case ModelState.Damaged(Path file, String reason) -> DAMAGED;
            };
        }
    }

    private static String described(ModelEntry entry, ModelState state) {
        String pull = "outrider models pull " + entry.name();
        return switch (state) {
            case ModelState.Absent() ->
                    entry.hasChecksums()
                            ? "absent; " + pull + " fetches it"
                            : "absent; " + pull + " --unverified fetches it";
            case ModelState.Verified(Path file) -> "verified, " + file;
            case ModelState.Accepted(Path file) ->
                    "unverified, taken at your word and unchanged since, " + file;
            case ModelState.Unverified(Path file) ->
                    "unverified and not loaded, " + file + "; " + pull + " --unverified takes it";
            case ModelState.Damaged(Path file, String reason) ->
                    "damaged, " + file + ": " + reason + "; " + pull + " replaces it";
        };
    }

    private static ObjectNode json(ModelEntry entry, ModelState state) {
        ObjectNode json =
                PlanJson.MAPPER
                        .createObjectNode()
                        .put("name", entry.name())
                        .put("role", entry.role())
                        .put("parameters", entry.parameters())
                        .put("quantization", entry.quantization())
                        .put("licence", entry.licence().name())
                        .put("commercial", lower(entry.licence().commercial()))
                        .put("note", entry.licence().note())
                        .put("source", entry.source())
                        .put("contextTokens", entry.contextTokens());
        if (entry.sizeBytes().isPresent()) {
            json.put("sizeBytes", entry.sizeBytes().getAsLong());
        }
        if (entry.memoryBytes() > 0) {
            json.put("memoryBytes", entry.memoryBytes());
        }
        entry.languages().forEach(json.putArray("languages")::add);
        ArrayNode files = json.putArray("files");
        for (ModelFile file : entry.files()) {
            ObjectNode one = files.addObject().put("name", file.name());
            file.checksum().ifPresent(sha256 -> one.put("sha256", sha256));
            file.places().forEach(place -> one.withArray("places").add(described(place)));
        }
        json.put("state", word(state));
        return switch (state) {
            case ModelState.Absent() -> json;
            case ModelState.Verified(Path file) -> json.put("file", file.toString());
            case ModelState.Accepted(Path file) -> json.put("file", file.toString());
            case ModelState.Unverified(Path file) -> json.put("file", file.toString());
            case ModelState.Damaged(Path file, String reason) ->
                    json.put("file", file.toString()).put("reason", reason);
        };
    }
}
