package dev.outrider.ai.llama.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.llama.Llama;
import dev.outrider.ai.testing.ForeignMetadata;
import dev.outrider.ai.testing.Natives;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A native image can make only the kinds of calls it was built with. */
final class NativeImageMetadataTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/outrider/ai/llama/foreign");

    @Test
    void listsEveryKindOfCallWeMake() throws Exception {
        Natives.assumeLlama();
        assertThat(Llama.availability()).isNotNull();
        for (String name : ForeignMetadata.classes(SOURCES)) {
            if (name.endsWith("Calls")) {
                Class.forName("dev.outrider.ai.llama.foreign." + name);
            }
        }

        var made =
                Downcalls.made().stream()
                        .map(call -> ForeignMetadata.json(call.descriptor(), call.critical()))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(ForeignMetadata.listed("dev.outrider/outrider-ai-engine"))
                .as("wanted: %s", made)
                .isEqualTo(made);
    }
}
