package dev.outrider.ai.llama.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.llama.Llama;
import dev.outrider.ai.testing.Natives;
import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.PaddingLayout;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.UnionLayout;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A native image can make only the kinds of calls it was built with. */
final class NativeImageMetadataTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SOURCES = Path.of("src/main/java/dev/outrider/ai/llama/foreign");

    @Test
    void listsEveryKindOfCallWeMake() throws Exception {
        Natives.assumeLlama();
        assertThat(Llama.availability()).isNotNull();
        for (String name : classesWithHandles()) {
            Class.forName("dev.outrider.ai.llama.foreign." + name);
        }

        assertThat(listed()).as("wanted: %s", made()).isEqualTo(made());
    }

    private static List<String> classesWithHandles() throws IOException {
        try (var files = Files.list(SOURCES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Calls.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
        }
    }

    private static Set<String> listed() throws IOException {
        var name =
                "/META-INF/native-image/dev.outrider/outrider-ai-engine/reachability-metadata.json";
        try (var stream = NativeImageMetadataTest.class.getResourceAsStream(name)) {
            JsonNode downcalls = JSON.readTree(stream).path("foreign").path("downcalls");
            return StreamSupport.stream(downcalls.spliterator(), false)
                    .map(JsonNode::toString)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> made() {
        return Downcalls.made().stream()
                .map(NativeImageMetadataTest::json)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String json(Downcalls.Signature signature) {
        ObjectNode node = JSON.createObjectNode();
        var descriptor = signature.descriptor();
        node.put(
                "returnType",
                descriptor.returnLayout().map(NativeImageMetadataTest::name).orElse("void"));
        var parameters = node.putArray("parameterTypes");
        descriptor.argumentLayouts().forEach(layout -> parameters.add(name(layout)));
        if (signature.critical()) {
            node.putObject("options").putObject("critical").put("allowHeapAccess", false);
        }
        return node.toString();
    }

    private static String name(MemoryLayout layout) {
        return switch (layout) {
            case StructLayout struct ->
                    struct.memberLayouts().stream()
                            .map(NativeImageMetadataTest::name)
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
