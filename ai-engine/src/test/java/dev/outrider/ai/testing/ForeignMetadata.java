package dev.outrider.ai.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.PaddingLayout;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.UnionLayout;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Kinds of native calls as GraalVM's reachability-metadata.json writes them. */
public final class ForeignMetadata {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ForeignMetadata() {}

    /** The downcalls a folder of META-INF/native-image lists. */
    public static Set<String> listed(String folder) {
        var name = "/META-INF/native-image/" + folder + "/reachability-metadata.json";
        try (var stream =
                Objects.requireNonNull(ForeignMetadata.class.getResourceAsStream(name), name)) {
            JsonNode downcalls = JSON.readTree(stream).path("foreign").path("downcalls");
            return StreamSupport.stream(downcalls.spliterator(), false)
                    .map(JsonNode::toString)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One kind of call. */
    public static String json(FunctionDescriptor descriptor, boolean critical) {
        ObjectNode node = JSON.createObjectNode();
        node.put("returnType", descriptor.returnLayout().map(ForeignMetadata::name).orElse("void"));
        var parameters = node.putArray("parameterTypes");
        descriptor.argumentLayouts().forEach(layout -> parameters.add(name(layout)));
        if (critical) {
            node.putObject("options").putObject("critical").put("allowHeapAccess", false);
        }
        return node.toString();
    }

    /** Names of the classes whose sources lie in a folder. */
    public static List<String> classes(Path sources) {
        try (var files = Files.list(sources)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(MemoryLayout layout) {
        return switch (layout) {
            case StructLayout struct ->
                    struct.memberLayouts().stream()
                            .map(ForeignMetadata::name)
                            .collect(Collectors.joining(", ", "struct(", ")"));
            case PaddingLayout padding -> "padding(%d)".formatted(padding.byteSize());
            case AddressLayout address -> "void*";
            case ValueLayout.OfBoolean value -> "bool";
            case ValueLayout value -> "j" + value.carrier().getName();
            case UnionLayout union -> throw new AssertionError("we pass no unions");
            case SequenceLayout sequence -> throw new AssertionError("we pass no arrays");
        };
    }
}
