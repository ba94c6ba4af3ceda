package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.ModelEntry;
import dev.outrider.ai.testing.Natives;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue's figures of memory, measured again; prints what it measures. */
@Tag("soak")
final class SenseMemoryTest {
    private static final long NOISE = 16 << 20;

    static Stream<String> models() {
        return ModelCatalogue.standard().entries().stream()
                .filter(entry -> entry.memoryBytes() > 0)
                .map(ModelEntry::name);
    }

    @ParameterizedTest
    @MethodSource("models")
    void isWhatTheCatalogueSays(String model) throws Exception {
        Natives.assumeOpenVino();
        long listed = ModelCatalogue.standard().named(model).memoryBytes();

        long measured = SenseMemory.of(model);

        System.out.printf("%s takes %d bytes, listed %d%n", model, measured, listed);
        assertThat(measured).isCloseTo(listed, within(NOISE + listed / 4));
    }
}
