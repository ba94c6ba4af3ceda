package dev.outrider.hal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.yaml.snakeyaml.Yaml;

/** A native image makes only the calls it was told of when it was built. */
@EnabledOnOs(OS.LINUX)
class NativeImageMetadataTest {

    private static final String METADATA =
            "/META-INF/native-image/dev.outrider/outrider-hal/reachability-metadata.json";

    @Test
    void namesEveryKindOfCallAndNoOther() throws IOException {
        assertThat(named())
                .containsExactlyInAnyOrderElementsOf(
                        Libc.downcalls().stream().map(NativeImageMetadataTest::entry).toList());
    }

    @Test
    void onlyTheOneClassMakesForeignCalls() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> linking =
                    sources.filter(path -> path.toString().endsWith(".java"))
                            .filter(NativeImageMetadataTest::links)
                            .toList();

            assertThat(linking)
                    .singleElement()
                    .satisfies(path -> assertThat(path).endsWith(Path.of("linux/Libc.java")));
        }
    }

    private static boolean links(Path source) {
        try {
            String text = Files.readString(source);
            return text.contains("downcallHandle(") || text.contains("upcallStub(");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** JSON is YAML. */
    private static List<Map<String, Object>> named() throws IOException {
        try (InputStream stream = Libc.class.getResourceAsStream(METADATA)) {
            Map<String, Map<String, List<Map<String, Object>>>> json = new Yaml().load(stream);
            return json.getOrDefault("foreign", Map.of()).getOrDefault("downcalls", List.of());
        }
    }

    private static Map<String, Object> entry(Libc.Downcall call) {
        FunctionDescriptor descriptor = call.descriptor();
        var options = new LinkedHashMap<String, Object>();
        if (call.capturesState()) {
            options.put("captureCallState", true);
        }
        if (call.variadic()) {
            options.put("firstVariadicArg", 2);
        }
        var entry = new LinkedHashMap<String, Object>();
        entry.put(
                "returnType", descriptor.returnLayout().map(layout -> name(layout)).orElse("void"));
        entry.put(
                "parameterTypes",
                descriptor.argumentLayouts().stream().map(layout -> name(layout)).toList());
        if (!options.isEmpty()) {
            entry.put("options", options);
        }
        return entry;
    }

    private static String name(MemoryLayout layout) {
        return switch (layout) {
            case AddressLayout address -> "void*";
            case ValueLayout.OfInt number -> "jint";
            case ValueLayout.OfLong number -> "jlong";
            default -> throw new AssertionError("no name for " + layout);
        };
    }
}
