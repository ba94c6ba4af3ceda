package dev.outrider.ai.llama;

import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;

/**
 * What a GGUF model takes and gives, for DJL's criteria and predictors: {@link GenerationRequest}
 * or {@link ChatRequest} to {@link TokenStream}, {@link PrefixRequest} to {@link Prefix}, {@link
 * EmbeddingRequest} to {@code float[]}.
 */
public final class LlamaTranslatorFactory implements TranslatorFactory {
    private static final Set<Pair<Type, Type>> SUPPORTED =
            Set.of(
                    new Pair<>(GenerationRequest.class, TokenStream.class),
                    new Pair<>(ChatRequest.class, TokenStream.class),
                    new Pair<>(PrefixRequest.class, Prefix.class),
                    new Pair<>(EmbeddingRequest.class, float[].class));

    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        return SUPPORTED;
    }

    @Override
    public <I, O> Translator<I, O> newInstance(
            Class<I> input, Class<O> output, Model model, Map<String, ?> arguments) {
        return translator(input, output);
    }

    static <I, O> Translator<I, O> translator(Class<I> input, Class<O> output) {
        if (!SUPPORTED.contains(new Pair<Type, Type>(input, output))) {
            throw new IllegalArgumentException(
                    "a GGUF model cannot take %s and give %s".formatted(input, output));
        }
        return new CarryingTranslator<>(output);
    }

    private record CarryingTranslator<I, O>(Class<O> output) implements NoBatchifyTranslator<I, O> {
        @Override
        public NDList processInput(TranslatorContext context, I request) {
            return LlamaBlock.carry(request);
        }

        @Override
        public O processOutput(TranslatorContext context, NDList outputs) {
            return output.cast(LlamaBlock.carried(outputs.singletonOrThrow()));
        }
    }
}
