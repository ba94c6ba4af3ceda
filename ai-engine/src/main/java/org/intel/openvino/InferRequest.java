package org.intel.openvino;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.System.Logger;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One computation at a time with a compiled model. A request that computes refuses every other call
 * but {@link #cancel}, {@link #wait_async} and {@link #close}.
 */
@SuppressWarnings("MemberName") // the names of openvino_contrib's API
public final class InferRequest extends Wrapper {
    private static final Logger LOG = System.getLogger(InferRequest.class.getName());
    private static final ExecutorService THREADS =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("openvino-request-", 0).factory());
    private static final long PROFILE_BYTES = 48;

    private final List<String> inputs;
    private final int outputs;
    private final AtomicReference<@Nullable String> busy = new AtomicReference<>();
    private final Map<String, Tensor> bound = new HashMap<>();
    private final BitSet known = new BitSet();
    private volatile CompletableFuture<@Nullable Void> running =
            CompletableFuture.completedFuture(null);
    private volatile @Nullable Consumer<@Nullable Throwable> callback;

    InferRequest(MemorySegment request, CompiledModel model) {
        super("InferRequest", request, Calls.REQUEST_FREE);
        handle().keep(model.handle());
        inputs = CompiledModel.names(model.inputs());
        outputs = CompiledModel.names(model.outputs()).size();
    }

    /** Runs something as the only one that uses this request. */
    <T extends @Nullable Object> T held(String what, Supplier<T> action) {
        hold(what);
        try {
            return action.get();
        } finally {
            busy.set(null);
        }
    }

    private void hold(String what) {
        var other = busy.compareAndExchange(null, what);
        if (other != null) {
            throw new IllegalStateException(
                    "this request is busy (%s); use one request per thread".formatted(other));
        }
    }

    /** Computes, and returns when it is done. */
    public void infer() {
        held("it computes", this::compute);
    }

    private @Nullable Void compute() {
        return use(self -> {
            requireInputs(self);
            Calls.infer(self, pinned());
            return null;
        });
    }

    private List<MemorySegment> pinned() {
        var pinned = new ArrayList<MemorySegment>();
        for (Tensor tensor : bound.values()) {
            var memory = tensor.pinned();
            if (memory != null) {
                pinned.add(memory);
            }
        }
        return pinned;
    }

    /** The library would compute from whatever lies in an input nobody filled. */
    private void requireInputs(MemorySegment self) {
        if (known.cardinality() == inputs.size()) {
            return;
        }
        for (int i = known.nextClearBit(0); i < inputs.size(); i = known.nextClearBit(i + 1)) {
            var port = inputs.get(i);
            if (!bound.containsKey(port) && !filled(i, self)) {
                throw new IllegalStateException(
                        "input %d (%s) of this model was never set".formatted(i, port));
            }
            known.set(i);
        }
    }

    /** An input may have been set by another of its names. */
    private boolean filled(int index, MemorySegment self) {
        try (var tensor = view(out -> (int) Calls.GET_INPUT.invokeExact(self, (long) index, out))) {
            long address = tensor.address();
            return bound.values().stream().anyMatch(other -> other.address() == address);
        }
    }

    /** Starts to compute on another thread. */
    public void start_async() {
        hold("it computes");
        var done = new CompletableFuture<@Nullable Void>();
        running = done;
        try {
            THREADS.execute(() -> computeAside(done));
        } catch (RuntimeException | Error e) {
            busy.set(null);
            throw e;
        }
    }

    private void computeAside(CompletableFuture<@Nullable Void> done) {
        Throwable failure = null;
        try {
            compute();
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            busy.set(null);
        }
        tell(failure);
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    private void tell(@Nullable Throwable failure) {
        var listener = callback;
        if (listener == null) {
            return;
        }
        try {
            listener.accept(failure);
        } catch (RuntimeException | Error e) {
            LOG.log(Logger.Level.ERROR, "the callback of an inference threw", e);
        }
    }

    /** Starts to compute and gives what completes when that is done. */
    public CompletableFuture<@Nullable Void> infer_async() {
        start_async();
        return running.copy();
    }

    /** Waits for what {@link #start_async} started; returns at once if nothing was. */
    public void wait_async() {
        try {
            running.join();
        } catch (CompletionException e) {
            throw Calls.unexpected(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Waits so long at most; true if nothing computes any more. */
    public boolean wait_for(Duration limit) {
        try {
            running.copy().orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS).join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                return false;
            }
            throw Calls.unexpected(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Ends what computes; waiting for it then fails. */
    public void cancel() {
        use(self -> {
            Calls.check((int) Calls.CANCEL.invokeExact(self));
            return null;
        });
    }

    /**
     * Told after every {@link #start_async}, on the thread that computed; its argument is the
     * failure, or null. What it throws is logged.
     */
    public void set_callback(Consumer<@Nullable Throwable> callback) {
        this.callback = callback;
    }

    /** Sets the only input. */
    public void set_input_tensor(Tensor tensor) {
        requireOne(inputs.size(), "input");
        set_input_tensor(0, tensor);
    }

    public void set_input_tensor(int index, Tensor tensor) {
        var slot = index >= 0 && index < inputs.size() ? inputs.get(index) : "";
        bind(
                slot.isEmpty() ? "input " + index : slot,
                tensor,
                (self, value) -> (int) Calls.SET_INPUT.invokeExact(self, (long) index, value));
        known.set(index);
    }

    /** Sets the only output: the result is written there. */
    public void set_output_tensor(Tensor tensor) {
        requireOne(outputs, "output");
        set_output_tensor(0, tensor);
    }

    public void set_output_tensor(int index, Tensor tensor) {
        bind(
                "output " + index,
                tensor,
                (self, value) -> (int) Calls.SET_OUTPUT.invokeExact(self, (long) index, value));
    }

    /** Sets an input or output by name. */
    public void set_tensor(String tensorName, Tensor tensor) {
        try (var arena = Arena.ofConfined()) {
            var name = Calls.string(arena, tensorName);
            bind(
                    tensorName,
                    tensor,
                    (self, value) -> (int) Calls.SET_NAMED.invokeExact(self, name, value));
        }
    }

    @FunctionalInterface
    private interface Binding {
        int set(MemorySegment self, MemorySegment tensor) throws Throwable;
    }

    private void bind(String slot, Tensor tensor, Binding binding) {
        held(
                "a tensor of it is set",
                () -> {
                    tensor.pinned();
                    use(self ->
                            tensor.use(value -> {
                                Calls.check(binding.set(self, value));
                                return null;
                            }));
                    bound.put(slot, tensor);
                    return null;
                });
    }

    /** The tensor of the only output. */
    public Tensor get_output_tensor() {
        requireOne(outputs, "output");
        return get_output_tensor(0);
    }

    public Tensor get_output_tensor(int index) {
        return get(self -> out -> (int) Calls.GET_OUTPUT.invokeExact(self, (long) index, out));
    }

    /** The tensor of the only input, to be filled in place through {@link Tensor#read}. */
    public Tensor get_input_tensor() {
        requireOne(inputs.size(), "input");
        return get_input_tensor(0);
    }

    public Tensor get_input_tensor(int index) {
        return get(self -> out -> (int) Calls.GET_INPUT.invokeExact(self, (long) index, out));
    }

    public Tensor get_tensor(String tensorName) {
        try (var arena = Arena.ofConfined()) {
            var name = Calls.string(arena, tensorName);
            return get(self -> out -> (int) Calls.GET_NAMED.invokeExact(self, name, out));
        }
    }

    @FunctionalInterface
    private interface Getting {
        Calls.Making from(MemorySegment self);
    }

    private Tensor get(Getting getting) {
        return held("a tensor of it is fetched", () -> use(self -> view(getting.from(self))));
    }

    private Tensor view(Calls.Making making) {
        return new Tensor(Calls.made(making), this);
    }

    private static void requireOne(int n, String kind) {
        if (n != 1) {
            throw new IllegalStateException(
                    "this model has %d %ss: say which by index or name".formatted(n, kind));
        }
    }

    /** What each node cost in the last inference. */
    public List<ProfilingInfo> get_profiling_info() {
        return held("its profile is read", () -> use(InferRequest::profile));
    }

    private static List<ProfilingInfo> profile(MemorySegment self) throws Throwable {
        try (var arena = Arena.ofConfined()) {
            var list = arena.allocate(16, 8);
            Calls.check((int) Calls.PROFILE.invokeExact(self, list));
            long n = list.get(JAVA_LONG, 8);
            var entries = list.get(ADDRESS, 0).reinterpret(n * PROFILE_BYTES);
            var infos = new ArrayList<ProfilingInfo>();
            for (long i = 0; i < n; i++) {
                infos.add(info(entries.asSlice(i * PROFILE_BYTES, PROFILE_BYTES)));
            }
            Calls.PROFILE_FREE.invokeExact(list);
            return infos;
        }
    }

    private static ProfilingInfo info(MemorySegment entry) {
        return new ProfilingInfo(
                entry.get(JAVA_INT, 0) == 2,
                Duration.of(entry.get(JAVA_LONG, 8), ChronoUnit.MICROS),
                Duration.of(entry.get(JAVA_LONG, 16), ChronoUnit.MICROS),
                Calls.text(entry.get(ADDRESS, 24)),
                Calls.text(entry.get(ADDRESS, 32)),
                Calls.text(entry.get(ADDRESS, 40)));
    }

    /** The same as {@link #close}. */
    public void release() {
        close();
    }
}
