package dev.outrider.ai.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.AbstractSymbolBlock;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import ai.djl.util.passthrough.PassthroughNDArray;
import org.jspecify.annotations.Nullable;

/** The whole model as one DJL block: requests in, streams out, carried by pass-through arrays. */
final class LlamaBlock extends AbstractSymbolBlock {
    private final LoadedModel model;

    LlamaBlock(LoadedModel model) {
        this.model = model;
    }

    static NDList carry(Object value) {
        return new NDList(new PassthroughNDArray(value));
    }

    static Object carried(NDArray array) {
        return ((PassthroughNDArray) array).getObject();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters,
            NDList inputs,
            boolean training,
            @Nullable PairList<String, Object> options) {
        return carry(
                switch (carried(inputs.singletonOrThrow())) {
                    case PromptRequest request -> model.answer(request);
                    case PrefixRequest request -> model.learn(request);
                    case EmbeddingRequest request -> model.embed(request);
                    case Object other ->
                            throw new IllegalArgumentException(
                                    "a GGUF model cannot take a " + other.getClass().getName());
                });
    }

    @Override
    public ParameterList getDirectParameters() {
        return new ParameterList();
    }

    @Override
    public void removeLastBlock() {
        throw new UnsupportedOperationException("a GGUF model has no blocks to remove");
    }
}
