package dev.outrider.ai.testing;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.ModelEntry;
import dev.outrider.ai.catalogue.PackageClient;
import dev.outrider.ai.catalogue.PackageRef;
import dev.outrider.ai.catalogue.Progress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A file that comes in a registry package, accepted by its checksum. */
final class PackagedFile {
    private final ModelEntry entry;

    PackagedFile(
            String name,
            PackageRef reference,
            String member,
            String licence,
            long bytes,
            String sha256) {
        var file = member.substring(member.lastIndexOf('/') + 1);
        var part = new ModelEntry.Part(reference, member);
        entry =
                new ModelEntry(
                        name,
                        List.of(),
                        "test",
                        0,
                        "",
                        0,
                        0,
                        List.of(),
                        new ModelEntry.Licence(licence, ModelEntry.Commercial.YES, ""),
                        reference.name(),
                        List.of(
                                new ModelEntry.ModelFile(
                                        file,
                                        sha256,
                                        bytes,
                                        List.of(new ModelEntry.Place.Packages(List.of(part))))));
    }

    @Override
    public String toString() {
        return entry.name();
    }

    /** Its path; skips the test if it is neither cached nor to be fetched. */
    Path assume() {
        var catalogue =
                new ModelCatalogue(
                        List.of(entry), CacheFolder.standard(), PackageClient.commandLine());
        try {
            return catalogue.fetch(entry, Progress.silent());
        } catch (CatalogueException e) {
            return Assumptions.abort(String.valueOf(e.getMessage()));
        }
    }
}
