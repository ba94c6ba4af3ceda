package dev.outrider.ai.llama.foreign;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes handles of the library's functions; kept in static finals they cost a plain call. */
final class Downcalls {
    private static final Linker LINKER = Linker.nativeLinker();

    private static final Set<Signature> MADE = ConcurrentHashMap.newKeySet();

    /** One kind of call; a native image must be built with the list of all kinds. */
    record Signature(FunctionDescriptor descriptor, boolean critical) {}

    private Downcalls() {}

    static MethodHandle returning(MemoryLayout result, String symbol, MemoryLayout... parameters) {
        return handle(symbol, FunctionDescriptor.of(result, parameters));
    }

    static MethodHandle voids(String symbol, MemoryLayout... parameters) {
        return handle(symbol, FunctionDescriptor.ofVoid(parameters));
    }

    /** For functions that are short, never block and never call back: no thread-state change. */
    static MethodHandle critical(MemoryLayout result, String symbol, MemoryLayout... parameters) {
        var descriptor = FunctionDescriptor.of(result, parameters);
        MADE.add(new Signature(descriptor, true));
        return LINKER.downcallHandle(address(symbol), descriptor, Linker.Option.critical(false));
    }

    private static MethodHandle handle(String symbol, FunctionDescriptor descriptor) {
        MADE.add(new Signature(descriptor, false));
        return LINKER.downcallHandle(address(symbol), descriptor);
    }

    /** The kinds of calls made so far. */
    static Set<Signature> made() {
        return Set.copyOf(MADE);
    }

    static MemorySegment libc(String symbol) {
        return LINKER.defaultLookup().findOrThrow(symbol);
    }

    private static MemorySegment address(String symbol) {
        return LlamaLibrary.symbols()
                .find(symbol)
                .orElseThrow(() ->
                        new AbiException(
                                "it has no %s; libllama %s is needed"
                                        .formatted(symbol, LlamaLibrary.VERSION)));
    }

    /** What a handle throws on our side of a call is never checked: it is a fault in a binding. */
    static RuntimeException unexpected(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException("a native call threw", thrown);
        };
    }
}
