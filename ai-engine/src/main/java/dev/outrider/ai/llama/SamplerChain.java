package dev.outrider.ai.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.outrider.ai.llama.Sampling.Extra;
import dev.outrider.ai.llama.foreign.SamplerCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** Builds libllama's chain of samplers in llama.cpp's order. The chain owns what is added to it. */
final class SamplerChain {
    private static final int MIROSTAT_TOKENS = 100;
    private static final int BIAS_BYTES = 8;

    private final NativeModel model;
    private final Sampling sampling;
    private final Arena arena;
    private final MemorySegment chain;

    private SamplerChain(NativeModel model, Sampling sampling, Arena arena) {
        this.model = model;
        this.sampling = sampling;
        this.arena = arena;
        chain = SamplerCalls.chain(SamplerCalls.defaultChainParams(arena));
    }

    /** A chain, to be freed by the caller. */
    static MemorySegment of(NativeModel model, Sampling sampling) {
        try (var arena = Arena.ofConfined()) {
            var building = new SamplerChain(model, sampling, arena);
            building.build();
            return building.chain;
        }
    }

    private void build() {
        find(Extra.Bias.class).ifPresent(this::bias);
        if (find(Extra.Mirostat.class).isPresent() && !sampling.isGreedy()) {
            temperature();
            find(Extra.Mirostat.class).ifPresent(this::mirostat);
            return;
        }
        find(Extra.Penalties.class).ifPresent(this::penalties);
        find(Extra.Dry.class).ifPresent(this::dry);
        if (sampling.isGreedy()) {
            add(SamplerCalls.greedy());
            return;
        }
        find(Extra.TopNSigma.class).ifPresent(one -> add(SamplerCalls.topNSigma(one.n())));
        if (sampling.topK() > 0) {
            add(SamplerCalls.topK(sampling.topK()));
        }
        find(Extra.Typical.class).ifPresent(one -> add(SamplerCalls.typical(one.p(), 1)));
        if (sampling.topP() < 1) {
            add(SamplerCalls.topP(sampling.topP(), 1));
        }
        if (sampling.minP() > 0) {
            add(SamplerCalls.minP(sampling.minP(), 1));
        }
        find(Extra.Xtc.class)
                .ifPresent(one ->
                        add(
                                SamplerCalls.xtc(
                                        one.probability(), one.threshold(), 1, sampling.seed())));
        temperature();
        var adaptive = find(Extra.AdaptiveP.class);
        add(
                adaptive.isPresent()
                        ? SamplerCalls.adaptiveP(
                                adaptive.get().target(), adaptive.get().decay(), sampling.seed())
                        : SamplerCalls.distribution(sampling.seed()));
    }

    private <E extends Extra> Optional<E> find(Class<E> kind) {
        return sampling.extras().stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private void add(MemorySegment sampler) {
        SamplerCalls.add(chain, sampler);
    }

    private void temperature() {
        var dynamic = find(Extra.DynamicTemperature.class);
        add(
                dynamic.isPresent()
                        ? SamplerCalls.dynamicTemperature(
                                sampling.temperature(),
                                dynamic.get().range(),
                                dynamic.get().exponent())
                        : SamplerCalls.temperature(sampling.temperature()));
    }

    private void bias(Extra.Bias bias) {
        var tokens =
                bias.byText().keySet().stream()
                        .map(text -> model.tokenize(text, false, true))
                        .toList();
        var factors = bias.byText().keySet().stream().map(bias.byText()::get).toList();
        int count = tokens.stream().mapToInt(some -> some.length).sum();
        var array = arena.allocate((long) BIAS_BYTES * Math.max(1, count), 4);
        int i = 0;
        for (int text = 0; text < tokens.size(); text++) {
            for (int token : tokens.get(text)) {
                array.setAtIndex(JAVA_INT, 2L * i, token);
                array.setAtIndex(JAVA_FLOAT, 2L * i + 1, factors.get(text));
                i++;
            }
        }
        add(SamplerCalls.bias(model.vocabularySize(), count, array));
    }

    private void penalties(Extra.Penalties one) {
        add(
                SamplerCalls.penalties(
                        model.vocabularySize(),
                        one.lastN(),
                        one.repeat(),
                        one.frequency(),
                        one.presence()));
    }

    private void dry(Extra.Dry one) {
        List<String> breakers = one.breakers();
        var texts = arena.allocate(ADDRESS, Math.max(1, breakers.size()));
        for (int i = 0; i < breakers.size(); i++) {
            texts.setAtIndex(ADDRESS, i, arena.allocateFrom(breakers.get(i)));
        }
        add(
                SamplerCalls.dry(
                        model.vocabulary(),
                        new SamplerCalls.Dry(
                                one.multiplier(), one.base(), one.allowedLength(), one.lastN()),
                        texts,
                        breakers.size()));
    }

    private void mirostat(Extra.Mirostat one) {
        add(
                one.version() == 1
                        ? SamplerCalls.mirostat(
                                model.vocabularySize(),
                                sampling.seed(),
                                one.tau(),
                                one.eta(),
                                MIROSTAT_TOKENS)
                        : SamplerCalls.mirostat2(sampling.seed(), one.tau(), one.eta()));
    }
}
