package dev.outrider.ai.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The models of the senses, as they are shipped. */
final class SenseCatalogueTest {
    private static List<ModelEntry> senses() throws IOException {
        try (var json = ModelList.class.getResourceAsStream("senses.json")) {
            return ModelList.read(Objects.requireNonNull(json));
        }
    }

    @Test
    void everyModelSaysHowMuchMemoryItTakes() throws IOException {
        assertThat(senses())
                .isNotEmpty()
                .allSatisfy(entry ->
                        assertThat(entry.memoryBytes())
                                .as(entry.name())
                                .isGreaterThanOrEqualTo(entry.sizeBytes().orElseThrow())
                                .isLessThan(2L << 30));
    }

    @Test
    void aModelCannotTakeLessThanNothing() {
        var entry =
                """
                [{"name": "m", "role": "vad", "licence": "MIT", "commercial": "yes",
                  "source": "here", "memoryBytes": -1, "files": [{"name": "m.onnx"}]}]
                """
                        .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> ModelList.read(new ByteArrayInputStream(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bad memoryBytes -1");
    }
}
