package dev.outrider.ai.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.outrider.ai.llama.foreign.ContextCalls;
import dev.outrider.ai.llama.foreign.ModelCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** LoRA adapters of a loaded model; they live and die with it. */
record Adapters(List<MemorySegment> pointers, List<Float> scales) {
    static Adapters load(NativeModel model, ModelHeader header, LlamaOptions options) {
        var pointers = options.adapters().stream().map(one -> load(model, header, one)).toList();
        return new Adapters(pointers, options.adapters().stream().map(Adapter::scale).toList());
    }

    private static MemorySegment load(NativeModel model, ModelHeader header, Adapter adapter) {
        var own = ModelHeader.read(adapter.file()).file();
        if (!own.text("adapter.type").equals(Optional.of("lora"))) {
            throw new LlamaException(adapter.file() + " is no LoRA adapter");
        }
        if (!own.architecture().equals(header.file().architecture())) {
            throw new LlamaException(
                    "%s is an adapter for %s models, %s is not one"
                            .formatted(
                                    adapter.file(),
                                    own.architecture().orElse("unknown"),
                                    header.path()));
        }
        try (var arena = Arena.ofConfined()) {
            var path = arena.allocateFrom(adapter.file().toString());
            var pointer = ModelCalls.adapter(model.pointer(), path);
            if (pointer.equals(MemorySegment.NULL)) {
                throw new LlamaException(
                        "libllama refuses %s: its tensors do not fit %s"
                                .formatted(adapter.file(), header.path()));
            }
            return pointer;
        }
    }

    void applyTo(MemorySegment context) {
        try (var arena = Arena.ofConfined()) {
            var array = arena.allocate(ADDRESS, pointers.size() + 1L);
            var factors = arena.allocate(JAVA_FLOAT, pointers.size() + 1L);
            for (int i = 0; i < pointers.size(); i++) {
                array.setAtIndex(ADDRESS, i, pointers.get(i));
                factors.setAtIndex(JAVA_FLOAT, i, scales.get(i));
            }
            if (ContextCalls.setAdapters(context, array, pointers.size(), factors) != 0) {
                throw new LlamaException("libllama refuses the LoRA adapters");
            }
        }
    }
}
