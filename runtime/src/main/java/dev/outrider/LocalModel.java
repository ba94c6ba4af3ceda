package dev.outrider;

import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.NamedModel;
import dev.outrider.ai.catalogue.Progress;
import dev.outrider.ai.fit.ModelFit;
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

import java.util.List;

/**
 * Opens the local rung's model. Whatever keeps a model from being there puts the rung out and lets
 * the robot go on; only a context that cannot be kept as promised refuses to start.
 */
final class LocalModel {

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
        return config.model().isPresent() && config.context() < ModelFit.PROMISED_CONTEXT
                ? List.of(Degradation.SHORT_CONTEXT)
                : List.of();
    }

    private Reasoner open(String named) {
        if (Llama.availability() instanceof Availability.Unavailable(String reason)) {
            return absent("models cannot be run here: " + reason);
        }
        NamedModel model;
        try {
            model = NamedModel.fetched(named, catalogue, progress);
        } catch (CatalogueException.Unknown e) {
            throw new StartupFailure(String.valueOf(e.getMessage()), e);
        } catch (CatalogueException e) {
            return absent(named + " is not usable: " + e.getMessage());
        }
        return load(model);
    }

    private Reasoner load(NamedModel model) {
        try {
            return LocalReasoner.load(model.name(), model.file(), options());
        } catch (ContextTooLargeException e) {
            throw new StartupFailure(
                    model.name()
                            + " was trained for a context of "
                            + e.trainedTokens()
                            + " tokens, and "
                            + e.askedTokens()
                            + " are promised; run it with --context "
                            + e.trainedTokens()
                            + " or less, which shows as degraded, or choose another model",
                    e);
        } catch (LlamaException e) {
            return absent(model.name() + " is not usable: " + e.getMessage());
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
