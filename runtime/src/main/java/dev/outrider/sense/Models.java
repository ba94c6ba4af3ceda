package dev.outrider.sense;

import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.ModelEntry;
import dev.outrider.ai.catalogue.Progress;
import dev.outrider.ai.sense.SenseException;
import java.nio.file.Path;

/** The files of the models that senses need. */
record Models(ModelCatalogue catalogue, Progress progress) {

    /**
     * A model's file, fetched where it is not here yet.
     *
     * @throws SenseException if it cannot be had
     */
    Path file(String name) {
        try {
            return catalogue.fetch(catalogue.named(name), progress);
        } catch (CatalogueException e) {
            throw new SenseException(
                    "the model %s is not here (%s); once online, outrider models pull %s fetches it"
                            .formatted(name, e.getMessage(), name),
                    e);
        }
    }

    /** Whether a model's file is here. */
    boolean isHere(String name) {
        ModelEntry entry = catalogue.named(name);
        return catalogue.cached(entry).isPresent();
    }
}
