package org.intel.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.testing.ForeignMetadata;
import dev.outrider.ai.testing.Natives;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A native image can make only the kinds of calls it was built with. */
final class NativeImageMetadataTest {
    private static final Path SOURCES = Path.of("src/main/java/org/intel/openvino");

    @Test
    void listsEveryKindOfCallWeMake() throws Exception {
        Natives.assumeOpenVino();
        for (String name : ForeignMetadata.classes(SOURCES)) {
            Class.forName("org.intel.openvino." + name);
        }

        var made =
                Calls.made().stream()
                        .map(call -> ForeignMetadata.json(call, false))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(ForeignMetadata.listed("dev.outrider/outrider-ai-engine-openvino"))
                .as("wanted: %s", made)
                .isEqualTo(made);
    }

    /** What is called back runs on threads of Java, so that no upcall need be listed. */
    @Test
    void isNeverCalledByTheLibrary() throws Exception {
        for (String name : ForeignMetadata.classes(SOURCES)) {
            assertThat(Files.readString(SOURCES.resolve(name + ".java")))
                    .as(name)
                    .doesNotContain("upcallStub");
        }
    }
}
