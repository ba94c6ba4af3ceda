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

/** Lets DJL's criteria ask for {@link GenerationRequest} in, {@link TokenStream} out. */
public final class LlamaTranslatorFactory implements TranslatorFactory {
    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        return Set.of(new Pair<>(GenerationRequest.class, TokenStream.class));
    }

    @Override
    @SuppressWarnings("unchecked") // the types were checked against getSupportedTypes
    public <I, O> Translator<I, O> newInstance(
            Class<I> input, Class<O> output, Model model, Map<String, ?> arguments) {
        if (!isSupported(input, output)) {
            throw new IllegalArgumentException(
                    "a GGUF model takes %s and gives %s, not %s and %s"
                            .formatted(GenerationRequest.class, TokenStream.class, input, output));
        }
        return (Translator<I, O>) new GenerationTranslator();
    }

    private static final class GenerationTranslator
            implements NoBatchifyTranslator<GenerationRequest, TokenStream> {
        @Override
        public NDList processInput(TranslatorContext context, GenerationRequest request) {
            return LlamaBlock.carry(request);
        }

        @Override
        public TokenStream processOutput(TranslatorContext context, NDList outputs) {
            return (TokenStream) LlamaBlock.carried(outputs.singletonOrThrow());
        }
    }
}
