package org.intel.openvino;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/** Adds steps before and after a model, which the device then computes. */
public final class PrePostProcessor extends Wrapper {
    private static final class Functions {
        static final MethodHandle CREATE =
                Calls.preprocess("prepostprocessor_create", ADDRESS, ADDRESS);
        static final MethodHandle FREE = Calls.preprocessFree("prepostprocessor");
        static final MethodHandle INPUT =
                Calls.preprocess("prepostprocessor_get_input_info", ADDRESS, ADDRESS);
        static final MethodHandle INPUT_AT =
                Calls.preprocess(
                        "prepostprocessor_get_input_info_by_index", ADDRESS, JAVA_LONG, ADDRESS);
        static final MethodHandle INPUT_NAMED =
                Calls.preprocess(
                        "prepostprocessor_get_input_info_by_name", ADDRESS, ADDRESS, ADDRESS);
        static final MethodHandle OUTPUT =
                Calls.preprocess("prepostprocessor_get_output_info", ADDRESS, ADDRESS);
        static final MethodHandle OUTPUT_AT =
                Calls.preprocess(
                        "prepostprocessor_get_output_info_by_index", ADDRESS, JAVA_LONG, ADDRESS);
        static final MethodHandle BUILD =
                Calls.preprocess("prepostprocessor_build", ADDRESS, ADDRESS);
    }

    private final Model model;
    private final AtomicBoolean built = new AtomicBoolean();

    /** For a model, which {@link #build} changes. */
    public PrePostProcessor(Model model) {
        super(
                "PrePostProcessor",
                model.use(self -> Calls.made(out -> (int) Functions.CREATE.invokeExact(self, out))),
                Functions.FREE);
        this.model = model;
    }

    /** The only input. */
    public InputInfo input() {
        return open(self ->
                new InputInfo(
                        Calls.made(out -> (int) Functions.INPUT.invokeExact(self, out)), handle()));
    }

    public InputInfo input(int index) {
        return open(self ->
                new InputInfo(
                        Calls.made(out ->
                                (int) Functions.INPUT_AT.invokeExact(self, (long) index, out)),
                        handle()));
    }

    public InputInfo input(String name) {
        return open(self -> {
            try (var arena = Arena.ofConfined()) {
                var text = Calls.string(arena, name);
                return new InputInfo(
                        Calls.made(out -> (int) Functions.INPUT_NAMED.invokeExact(self, text, out)),
                        handle());
            }
        });
    }

    /** The only output. */
    public OutputInfo output() {
        return open(self ->
                new OutputInfo(
                        Calls.made(out -> (int) Functions.OUTPUT.invokeExact(self, out)),
                        handle()));
    }

    public OutputInfo output(int index) {
        return open(self ->
                new OutputInfo(
                        Calls.made(out ->
                                (int) Functions.OUTPUT_AT.invokeExact(self, (long) index, out)),
                        handle()));
    }

    /** Puts the steps into the model and gives that. Can be done once. */
    public Model build() {
        if (!built.compareAndSet(false, true)) {
            throw new IllegalStateException("these steps were built into the model before");
        }
        var changed =
                new Model(
                        use(self ->
                                Calls.made(out -> (int) Functions.BUILD.invokeExact(self, out))));
        changed.handle().keep(model.handle());
        return changed;
    }

    private <T> T open(Use<T> use) {
        if (built.get()) {
            throw new IllegalStateException(
                    "these steps were built into the model; make another PrePostProcessor for more");
        }
        return use(use);
    }

    /** A part of one; the native part lies inside the native whole. */
    abstract static class Part extends Wrapper {
        Part(String kind, MemorySegment part, MethodHandle free, Handle whole) {
            super(new Handle(kind, part, free, whole));
        }

        final void run(Running running) {
            use(self -> {
                try (var arena = Arena.ofConfined()) {
                    Calls.check(running.on(self, arena));
                    return null;
                }
            });
        }

        /** A call that reads its arguments from an arena. */
        @FunctionalInterface
        interface Running {
            int on(MemorySegment self, Arena arena) throws Throwable;
        }
    }
}
