package dev.outrider.ai.testing;

import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.ModelEntry;
import dev.outrider.ai.catalogue.Progress;
import dev.outrider.ai.llama.Availability;
import dev.outrider.ai.llama.Llama;
import java.nio.file.Path;
import org.intel.openvino.NativeLibrary;
import org.junit.jupiter.api.Assumptions;

/** What a machine may lack; a test that asks for it is then skipped, with the reason. */
public final class Natives {
    private Natives() {}

    /** Skips the test unless GGUF models can be run here. */
    public static void assumeLlama() {
        if (Llama.availability() instanceof Availability.Unavailable(var reason)) {
            Assumptions.abort(reason);
        }
    }

    /** Skips the test unless OpenVINO can be used here. */
    public static void assumeOpenVino() {
        NativeLibrary.unavailable().ifPresent(Assumptions::abort);
    }

    /** The named model's file; skips the test if it is neither cached nor to be fetched. */
    public static Path assumeModel(String name) {
        assumeLlama();
        return assumeFile(name);
    }

    /** A file of the catalogue; skips the test if it is neither cached nor to be fetched. */
    public static Path assumeFile(String name) {
        var catalogue = ModelCatalogue.standard();
        ModelEntry entry = catalogue.find(name).orElseThrow();
        try {
            return catalogue.fetch(entry, Progress.silent());
        } catch (CatalogueException e) {
            return Assumptions.abort(String.valueOf(e.getMessage()));
        }
    }
}
