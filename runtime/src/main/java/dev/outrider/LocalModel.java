package dev.outrider;

import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.ModelEntry;
import dev.outrider.ai.catalogue.Progress;
import dev.outrider.ai.llama.Availability;
import dev.outrider.ai.llama.CacheType;
import dev.outrider.ai.llama.ContextTooLargeException;
import dev.outrider.ai.llama.Llama;
import dev.outrider.ai.llama.LlamaException;
import dev.outrider.ai.llama.LlamaOptions;
import dev.outrider.kernel.Reasoner;
import dev.outrider.model.Degradation;
import dev.outrider.model.Rung;
import dev.outrider.reason.AbsentReasoner;
import dev.outrider.reason.LocalReasoner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Opens the local rung's model. Whatever keeps a model from being there puts the rung out and lets
 * the robot go on; only a context that cannot be kept as promised refuses to start.
 */
final class LocalModel {

    /** The context a reasoning model is promised unless the operator says otherwise, in tokens. */
    static final int PROMISED_CONTEXT = 32_768;

    private final RobotConfig.Local config;
    private final ModelCatalogue catalogue;
    private final Progress progress;

    LocalModel(RobotConfig.Local config, ModelCatalogue catalogue, Progress progress) {
        this.config = config;
        this.catalogue = catalogue;
        this.progress = progress;
    }

    /**
     * The local rung.
     *
     * @throws StartupFailure if the name is unknown, or the promised context does not fit
     */
    Reasoner open() {
        return config.model()
                .map(this::open)
                .orElseGet(() -> absent("no local model is configured"));
    }

    /** What running with this configuration degrades for good. */
    List<Degradation> degraded() {
        return config.model().isPresent() && config.context() < PROMISED_CONTEXT
                ? List.of(Degradation.SHORT_CONTEXT)
                : List.of();
    }

    private Reasoner open(String named) {
        if (Llama.availability() instanceof Availability.Unavailable(String reason)) {
            return absent("models cannot be run here: " + reason);
        }
        Path file = Path.of(named);
        if (Files.isRegularFile(file)) {
            return load(file.getFileName().toString(), () -> file);
        }
        ModelEntry entry = entry(named);
        return load(entry.name(), () -> catalogue.fetch(entry, progress));
    }

    private Reasoner load(String name, Supplier<Path> file) {
        try {
            return LocalReasoner.load(name, file.get(), options());
        } catch (ContextTooLargeException e) {
            throw new StartupFailure(
                    name
                            + " was trained for a context of "
                            + e.trainedTokens()
                            + " tokens, and "
                            + e.askedTokens()
                            + " are promised; run it with --context "
                            + e.trainedTokens()
                            + " or less, which shows as degraded, or choose another model",
                    e);
        } catch (CatalogueException | LlamaException e) {
            return absent(name + " is not usable: " + e.getMessage());
        }
    }

    private ModelEntry entry(String named) {
        try {
            return catalogue.named(named);
        } catch (CatalogueException e) {
            throw new StartupFailure(
                    "there is no model file " + named + ", and in the catalogue " + e.getMessage(),
                    e);
        }
    }

    private LlamaOptions options() {
        LlamaOptions options =
                LlamaOptions.defaults()
                        .withContextTokens(config.context())
                        .withCacheType(cacheType());
        return config.threads().isPresent()
                ? options.withThreads(config.threads().getAsInt())
                : options;
    }

    private CacheType cacheType() {
        try {
            return CacheType.of(config.cacheType());
        } catch (IllegalArgumentException e) {
            throw new StartupFailure("outrider.local.cache-type: " + e.getMessage(), e);
        }
    }

    private static Reasoner absent(String reason) {
        return new AbsentReasoner(Rung.LOCAL, reason);
    }
}
