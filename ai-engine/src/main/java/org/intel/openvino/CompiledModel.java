package org.intel.openvino;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A model made for a device. Make one request per thread from it. */
@SuppressWarnings("MemberName") // the names of openvino_contrib's API
public final class CompiledModel extends Wrapper {
    CompiledModel(MemorySegment model) {
        super("CompiledModel", model, Calls.COMPILED_FREE);
    }

    public InferRequest create_infer_request() {
        return use(self ->
                new InferRequest(
                        Calls.made(out -> (int) Calls.REQUEST_CREATE.invokeExact(self, out)),
                        this));
    }

    public List<Output> inputs() {
        return use(self -> Model.ports(self, Calls.COMPILED_INPUTS, Calls.COMPILED_INPUT));
    }

    public List<Output> outputs() {
        return use(self -> Model.ports(self, Calls.COMPILED_OUTPUTS, Calls.COMPILED_OUTPUT));
    }

    /** The only input. */
    public Output input() {
        return Model.only(inputs(), "input");
    }

    /** The only output. */
    public Output output() {
        return Model.only(outputs(), "output");
    }

    static List<String> names(List<Output> ports) {
        var names = new ArrayList<String>();
        for (Output port : ports) {
            try (port) {
                names.add(port.get_any_name());
            } catch (OpenVinoException e) {
                names.add(""); // a port without a name is legal
            }
        }
        return names;
    }

    public Any get_property(String name) {
        return use(self -> {
            try (var arena = Arena.ofConfined()) {
                var key = Calls.string(arena, name);
                return new Any(
                        Calls.string(out ->
                                (int) Calls.COMPILED_GET_PROPERTY.invokeExact(self, key, out)));
            }
        });
    }

    public void set_property(Map<String, String> properties) {
        use(self -> {
            try (var arena = Arena.ofConfined()) {
                Calls.check(
                        (int)
                                Calls.COMPILED_SET_PROPERTIES.invokeExact(
                                        self,
                                        (long) properties.size(),
                                        Calls.properties(arena, properties)));
                return null;
            }
        });
    }

    /** Writes it in the device's own form, for {@link Core#import_model}. */
    public void export_model(Path file) {
        use(self -> {
            try (var arena = Arena.ofConfined()) {
                Calls.check(
                        (int)
                                Calls.COMPILED_EXPORT.invokeExact(
                                        self, Calls.string(arena, file.toString())));
                return null;
            }
        });
    }
}
