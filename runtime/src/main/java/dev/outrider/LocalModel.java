package dev.outrider;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.CatalogueException;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.ModelEntry;
import dev.outrider.ai.catalogue.NamedModel;
import dev.outrider.ai.catalogue.Progress;
import dev.outrider.ai.llama.Availability;
import dev.outrider.ai.llama.CacheType;
import dev.outrider.ai.llama.ContextTooLargeException;
import dev.outrider.ai.llama.Llama;
import dev.outrider.ai.llama.LlamaException;
import dev.outrider.ai.llama.LlamaOptions;
import dev.outrider.ai.scout.ScoutModel;
import dev.outrider.kernel.Body;
import dev.outrider.kernel.Reasoner;
import dev.outrider.kernel.Reasoner.Question;
import dev.outrider.model.Degradation;
import dev.outrider.model.Rung;
import dev.outrider.reason.AbsentReasoner;
import dev.outrider.reason.LateReasoner;
import dev.outrider.reason.LocalReasoner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Opens the local rung's model: Scout, unless the operator names another or {@value #NONE}.
 * Whatever keeps a model from being there puts the rung out and lets the robot go on; only a
 * context that cannot be kept as promised refuses to start.
 */
final class LocalModel {

    private static final Duration WARM_LIMIT = Duration.ofSeconds(30);

    /** The name that leaves the local rung empty. */
    static final String NONE = "none";

    private static final System.Logger LOG = System.getLogger(LocalModel.class.getName());

    private final RobotConfig.Local config;
    private final ModelCatalogue catalogue;
    private final Body body;
    private final Progress progress;

    LocalModel(RobotConfig.Local config, ModelCatalogue catalogue, Body body, Progress progress) {
        this.config = config;
        this.catalogue = catalogue;
        this.body = body;
        this.progress = progress;
    }

    /**
     * The local rung.
     *
     * @throws StartupFailure if the name is unknown, or the promised context does not fit
     */
    Reasoner open() {
        String named = named();
        return named.equals(NONE) ? absent("no local model is configured") : open(named);
    }

    /** What running with this configuration degrades for good. */
    List<Degradation> degraded() {
        boolean small =
                named().equals(ScoutModel.NAME) || config.context() < LlamaOptions.PROMISED_CONTEXT;
        return small && !named().equals(NONE) ? List.of(Degradation.SHORT_CONTEXT) : List.of();
    }

    private String named() {
        return config.model().orElse(ScoutModel.NAME);
    }

    private Reasoner open(String named) {
        if (Llama.availability() instanceof Availability.Unavailable(String reason)) {
            return absent("models cannot be run here: " + reason);
        }
        if (named.equals(ScoutModel.NAME)) {
            return scout();
        }
        try {
            NamedModel chosen = NamedModel.fetched(named, catalogue, progress);
            return LocalReasoner.load(chosen.name(), chosen.file(), options());
        } catch (CatalogueException.Unknown e) {
            throw new StartupFailure(String.valueOf(e.getMessage()), e);
        } catch (ContextTooLargeException e) {
            throw new StartupFailure(
                    named
                            + " was trained for a context of "
                            + e.trainedTokens()
                            + " tokens, and "
                            + e.askedTokens()
                            + " are promised; run it with --context "
                            + e.trainedTokens()
                            + " or less, which shows as degraded, or choose another model",
                    e);
        } catch (CatalogueException | LlamaException e) {
            return absent(named + " is not usable: " + e.getMessage());
        }
    }

    /** Scout at once where its base is on this machine, and as soon as it is fetched otherwise. */
    private Reasoner scout() {
        ModelEntry base = catalogue.named(ScoutModel.BASE);
        LateReasoner late = new LateReasoner(Rung.LOCAL, ScoutModel.NAME, "scout is being fetched");
        if (catalogue.cached(base).isPresent()) {
            load(late, base);
        } else {
            Thread.ofPlatform().daemon().name("scout").start(() -> load(late, base));
        }
        return late;
    }

    private void load(LateReasoner late, ModelEntry base) {
        try {
            Path file = catalogue.fetch(base, told(late));
            LlamaOptions options = threaded(ScoutModel.options(CacheFolder.standard()));
            LocalReasoner scout = LocalReasoner.scout(file, options);
            late.arrived(scout);
            Thread.ofVirtual().name("scout-warm").start(() -> scout.warm(anything()));
        } catch (CatalogueException | LlamaException e) {
            LOG.log(System.Logger.Level.WARNING, "scout is not usable: {0}", e.getMessage());
            late.waiting(
                    "scout is not usable, the parser alone reads what it can: "
                            + e.getMessage()
                            + "; once online, outrider models pull scout fetches it");
        }
    }

    private Question anything() {
        return new Question(
                "stop",
                body.capabilities(),
                body.places(),
                body.state(),
                List.of(),
                "",
                WARM_LIMIT);
    }

    private Progress told(LateReasoner late) {
        return (step, done, total) -> {
            progress.report(step, done, total);
            late.waiting("scout is being fetched, %d of %d MB".formatted(done >> 20, total >> 20));
        };
    }

    private LlamaOptions options() {
        return threaded(
                LlamaOptions.defaults()
                        .withContextTokens(config.context())
                        .withCacheType(cacheType()));
    }

    private LlamaOptions threaded(LlamaOptions options) {
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
