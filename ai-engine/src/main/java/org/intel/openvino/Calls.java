package org.intel.openvino;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The C functions, mirroring openvino/c/*.h of 2026.4, the first release whose properties come as
 * arrays ({@code ov_property_t}) and not as variadic arguments.
 */
@SuppressWarnings("restricted")
final class Calls {
    /** {@code ov_shape_t}: rank, dimensions. */
    static final StructLayout SHAPE =
            MemoryLayout.structLayout(JAVA_LONG.withName("rank"), ADDRESS.withName("dims"));

    /** {@code ov_partial_shape_t}: rank as minimum and maximum, dimensions as such pairs. */
    static final StructLayout PARTIAL_SHAPE =
            MemoryLayout.structLayout(
                    JAVA_LONG.withName("min"), JAVA_LONG.withName("max"), ADDRESS.withName("dims"));

    private static final int RESULT_NOT_READY = -9;
    private static final int INVALID_C_PARAM = -14;
    private static final int MOST_PINNED = 8;

    private static final Set<FunctionDescriptor> MADE =
            Collections.synchronizedSet(new LinkedHashSet<>());

    static final MethodHandle VERSION = status("ov_get_openvino_version", ADDRESS);
    static final MethodHandle VERSION_FREE = nothing("ov_version_free", ADDRESS);
    private static final MethodHandle ERROR_INFO =
            handle("ov_get_error_info", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final MethodHandle LAST_ERROR =
            handle("ov_get_last_err_msg", FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle FREE = nothing("ov_free", ADDRESS);

    static final MethodHandle CORE_CREATE = status("ov_core_create", ADDRESS);
    static final MethodHandle CORE_CREATE_WITH =
            status("ov_core_create_with_config", ADDRESS, ADDRESS);
    static final MethodHandle CORE_FREE = nothing("ov_core_free", ADDRESS);
    static final MethodHandle CORE_DEVICES =
            status("ov_core_get_available_devices", ADDRESS, ADDRESS);
    static final MethodHandle DEVICES_FREE = nothing("ov_available_devices_free", ADDRESS);
    static final MethodHandle CORE_GET_PROPERTY =
            status("ov_core_get_property", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle CORE_SET_PROPERTIES =
            status("ov_core_set_properties", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle CORE_EXTENSION = status("ov_core_add_extension", ADDRESS, ADDRESS);
    static final MethodHandle READ =
            status("ov_core_read_model", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle READ_BYTES =
            status(
                    "ov_core_read_model_from_memory_buffer",
                    ADDRESS,
                    ADDRESS,
                    JAVA_LONG,
                    ADDRESS,
                    ADDRESS);
    static final MethodHandle COMPILE =
            status(
                    "ov_core_compile_model_props",
                    ADDRESS,
                    ADDRESS,
                    ADDRESS,
                    JAVA_LONG,
                    ADDRESS,
                    ADDRESS);
    static final MethodHandle COMPILE_FILE =
            status(
                    "ov_core_compile_model_from_file_props",
                    ADDRESS,
                    ADDRESS,
                    ADDRESS,
                    JAVA_LONG,
                    ADDRESS,
                    ADDRESS);
    static final MethodHandle IMPORT =
            status("ov_core_import_model", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);

    static final MethodHandle MODEL_FREE = nothing("ov_model_free", ADDRESS);
    static final MethodHandle MODEL_NAME = status("ov_model_get_friendly_name", ADDRESS, ADDRESS);
    static final MethodHandle MODEL_DYNAMIC =
            handle("ov_model_is_dynamic", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
    static final MethodHandle MODEL_INPUTS = status("ov_model_inputs_size", ADDRESS, ADDRESS);
    static final MethodHandle MODEL_OUTPUTS = status("ov_model_outputs_size", ADDRESS, ADDRESS);
    static final MethodHandle MODEL_INPUT =
            status("ov_model_const_input_by_index", ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle MODEL_OUTPUT =
            status("ov_model_const_output_by_index", ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle MODEL_INPUT_NAMED =
            status("ov_model_const_input_by_name", ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle MODEL_OUTPUT_NAMED =
            status("ov_model_const_output_by_name", ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle RESHAPE =
            status("ov_model_reshape", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    static final MethodHandle RESHAPE_SINGLE =
            status("ov_model_reshape_single_input", ADDRESS, PARTIAL_SHAPE);

    static final MethodHandle COMPILED_FREE = nothing("ov_compiled_model_free", ADDRESS);
    static final MethodHandle COMPILED_INPUTS =
            status("ov_compiled_model_inputs_size", ADDRESS, ADDRESS);
    static final MethodHandle COMPILED_OUTPUTS =
            status("ov_compiled_model_outputs_size", ADDRESS, ADDRESS);
    static final MethodHandle COMPILED_INPUT =
            status("ov_compiled_model_input_by_index", ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle COMPILED_OUTPUT =
            status("ov_compiled_model_output_by_index", ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle COMPILED_GET_PROPERTY =
            status("ov_compiled_model_get_property", ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle COMPILED_SET_PROPERTIES =
            status("ov_compiled_model_set_properties", ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle COMPILED_EXPORT =
            status("ov_compiled_model_export_model", ADDRESS, ADDRESS);
    static final MethodHandle REQUEST_CREATE =
            status("ov_compiled_model_create_infer_request", ADDRESS, ADDRESS);

    static final MethodHandle REQUEST_FREE = nothing("ov_infer_request_free", ADDRESS);
    static final MethodHandle SET_NAMED =
            status("ov_infer_request_set_tensor", ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle SET_INPUT =
            status("ov_infer_request_set_input_tensor_by_index", ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle SET_OUTPUT =
            status("ov_infer_request_set_output_tensor_by_index", ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle GET_NAMED =
            status("ov_infer_request_get_tensor", ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle GET_INPUT =
            status("ov_infer_request_get_input_tensor_by_index", ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle GET_OUTPUT =
            status("ov_infer_request_get_output_tensor_by_index", ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle CANCEL = status("ov_infer_request_cancel", ADDRESS);
    static final MethodHandle PROFILE =
            status("ov_infer_request_get_profiling_info", ADDRESS, ADDRESS);
    static final MethodHandle PROFILE_FREE = nothing("ov_profiling_info_list_free", ADDRESS);
    private static final MethodHandle INFER = status("ov_infer_request_infer", ADDRESS);
    private static final MethodHandle INFER_PINNING =
            status("ov_infer_request_infer", ADDRESS, ADDRESS);
    private static final MethodHandle[] INFER_PINNING_MANY = infer();

    static final MethodHandle TENSOR_OVER =
            status("ov_tensor_create_from_host_ptr", JAVA_INT, SHAPE, ADDRESS, ADDRESS);
    static final MethodHandle TENSOR_FREE = nothing("ov_tensor_free", ADDRESS);
    static final MethodHandle TENSOR_SHAPE = status("ov_tensor_get_shape", ADDRESS, ADDRESS);
    static final MethodHandle TENSOR_TYPE = status("ov_tensor_get_element_type", ADDRESS, ADDRESS);
    static final MethodHandle TENSOR_DATA = status("ov_tensor_data", ADDRESS, ADDRESS);
    static final MethodHandle TENSOR_BYTES = status("ov_tensor_get_byte_size", ADDRESS, ADDRESS);
    private static final MethodHandle SHAPE_FREE = status("ov_shape_free", ADDRESS);

    static final MethodHandle PORT_FREE = nothing("ov_output_const_port_free", ADDRESS);
    static final MethodHandle PORT_NAME = status("ov_port_get_any_name", ADDRESS, ADDRESS);
    static final MethodHandle PORT_SHAPE = status("ov_port_get_partial_shape", ADDRESS, ADDRESS);
    static final MethodHandle PORT_TYPE = status("ov_port_get_element_type", ADDRESS, ADDRESS);
    static final MethodHandle PARTIAL_SHAPE_FREE = nothing("ov_partial_shape_free", ADDRESS);

    static final MethodHandle LAYOUT = status("ov_layout_create", ADDRESS, ADDRESS);
    static final MethodHandle LAYOUT_FREE = nothing("ov_layout_free", ADDRESS);

    /** Where calls write one result; read before the same thread makes another call. */
    private static final ThreadLocal<MemorySegment> OUT =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(8, 8));

    private Calls() {}

    /** A preprocessing function by the end of its name; there are too many to name them twice. */
    static MethodHandle preprocess(String name, MemoryLayout... arguments) {
        return status("ov_preprocess_" + name, arguments);
    }

    static MethodHandle preprocessFree(String name) {
        return nothing("ov_preprocess_%s_free".formatted(name), ADDRESS);
    }

    private static MethodHandle status(String name, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MethodHandle nothing(String name, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.ofVoid(arguments));
    }

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        MADE.add(descriptor);
        var symbol =
                NativeLibrary.symbols()
                        .find(name)
                        .orElseThrow(() ->
                                new OpenVinoException(
                                        "this libopenvino_c has no %s; OpenVINO 2026.4 or later is needed"
                                                .formatted(name)));
        return Linker.nativeLinker().downcallHandle(symbol, descriptor);
    }

    /**
     * Calls {@code ov_infer_request_infer} with more arguments than it reads. A memory segment that
     * is an argument cannot be closed during the call, so each one keeps the memory of a tensor in
     * place; in the calling conventions of x86-64 and aarch64 the callee does not see them.
     */
    private static MethodHandle[] infer() {
        var handles = new MethodHandle[MOST_PINNED + 1];
        for (int n = 0; n <= MOST_PINNED; n++) {
            var arguments = new MemoryLayout[n + 1];
            Arrays.fill(arguments, ADDRESS);
            handles[n] = status("ov_infer_request_infer", arguments);
        }
        return handles;
    }

    static void infer(MemorySegment request, List<MemorySegment> pinned) throws Throwable {
        if (pinned.size() > MOST_PINNED) {
            throw new IllegalStateException(
                    "a request can use at most %d tensors over memory of your own, this one has %d; let the others own theirs"
                            .formatted(MOST_PINNED, pinned.size()));
        }
        switch (pinned.size()) {
            case 0 -> check((int) INFER.invokeExact(request));
            case 1 -> check((int) INFER_PINNING.invokeExact(request, pinned.getFirst()));
            default -> {
                var arguments = new ArrayList<Object>(pinned.size() + 1);
                arguments.add(request);
                arguments.addAll(pinned);
                check((int) INFER_PINNING_MANY[pinned.size()].invokeWithArguments(arguments));
            }
        }
    }

    /** What is wrong with the library that was found. */
    static Optional<String> mismatch() {
        try {
            var version = version();
            boolean same =
                    Tensor.nativeBytes(ElementType.f32) == 4
                            && Tensor.nativeBytes(ElementType.u8) == 1
                            && Tensor.nativeBytes(ElementType.i64) == 8;
            return same
                    ? Optional.empty()
                    : Optional.of(
                            "OpenVINO %s numbers its element types in another way"
                                    .formatted(version));
        } catch (ExceptionInInitializerError e) {
            return Optional.of(String.valueOf(e.getCause()));
        } catch (OpenVinoException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    static String version() {
        try (var arena = Arena.ofConfined()) {
            var version = arena.allocate(16, 8);
            check((int) VERSION.invokeExact(version));
            var text = text(version.get(ADDRESS, 0));
            VERSION_FREE.invokeExact(version);
            return text;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Signatures of the calls made so far, for the native image. */
    static Set<FunctionDescriptor> made() {
        return Set.copyOf(MADE);
    }

    static void check(int status) {
        if (status != 0) {
            throw failure(status);
        }
    }

    private static OpenVinoException failure(int status) {
        try {
            var kind = text((MemorySegment) ERROR_INFO.invokeExact(status));
            var last = take((MemorySegment) LAST_ERROR.invokeExact());
            var useful = !last.isBlank() && status != INVALID_C_PARAM && status != RESULT_NOT_READY;
            return new OpenVinoException(status, useful ? last.strip() : kind);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** What a handle throws on our side is passed on as it is. */
    static RuntimeException unexpected(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException("a native call threw", thrown);
        };
    }

    static String text(MemorySegment pointer) {
        return pointer.address() == 0 ? "" : pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** A string the caller owns, freed. */
    static String take(MemorySegment pointer) throws Throwable {
        var text = text(pointer);
        FREE.invokeExact(pointer);
        return text;
    }

    static MemorySegment string(Arena arena, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a zero character in " + text.replace('\0', '?'));
        }
        return arena.allocateFrom(text);
    }

    /** {@code ov_property_t[]}. */
    static MemorySegment properties(Arena arena, Map<String, String> properties) {
        if (properties.isEmpty()) {
            return MemorySegment.NULL;
        }
        var array = arena.allocate(ADDRESS, 2L * properties.size());
        int n = 0;
        for (var property : properties.entrySet()) {
            @Nullable String value = property.getValue();
            if (value == null) {
                throw new IllegalArgumentException(property.getKey() + " has no value");
            }
            array.setAtIndex(ADDRESS, n++, string(arena, property.getKey()));
            array.setAtIndex(ADDRESS, n++, string(arena, value));
        }
        return array;
    }

    static MemorySegment shape(Arena arena, long[] dims) {
        var shape = arena.allocate(SHAPE);
        shape.set(JAVA_LONG, 0, dims.length);
        shape.set(ADDRESS, 8, arena.allocateFrom(JAVA_LONG, dims));
        return shape;
    }

    /** The dimensions the library filled in, whose memory is freed here. */
    static long[] takeShape(MemorySegment shape) throws Throwable {
        long rank = shape.get(JAVA_LONG, 0);
        var dims =
                rank == 0
                        ? new long[0]
                        : shape.get(ADDRESS, 8)
                                .reinterpret(rank * JAVA_LONG.byteSize())
                                .toArray(JAVA_LONG);
        check((int) SHAPE_FREE.invokeExact(shape));
        return dims;
    }

    /** A call that writes one pointer. */
    @FunctionalInterface
    interface Making {
        int into(MemorySegment out) throws Throwable;
    }

    static MemorySegment made(Making making) {
        return out(making).get(ADDRESS, 0);
    }

    static long number(Making making) {
        return out(making).get(JAVA_LONG, 0);
    }

    static int integer(Making making) {
        return out(making).get(JAVA_INT, 0);
    }

    private static MemorySegment out(Making making) {
        try {
            var out = OUT.get();
            check(making.into(out));
            return out;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static String string(Making making) {
        var pointer = made(making);
        try {
            return take(pointer);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** {@code float[]} arguments as the C functions take them. */
    static MemorySegment floats(Arena arena, float[] values) {
        return arena.allocateFrom(JAVA_FLOAT, values);
    }
}
