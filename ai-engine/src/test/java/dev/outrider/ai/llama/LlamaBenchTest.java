package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.llama.LlamaBench.Figure;
import dev.outrider.ai.llama.LlamaBench.Part;
import dev.outrider.ai.llama.LlamaBench.Settings;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LlamaBenchTest {
    @TempDir Path folder;

    @Test
    void measuresEverythingBesideACProgram() throws Exception {
        Natives.assumeLlama();
        var model = TinyModel.standard().withContext(8192).write(folder.resolve("tiny.gguf"));

        var figures =
                LlamaBench.run(
                        new Settings(model, 1, 1, true, EnumSet.allOf(Part.class), model, 0),
                        said -> {});

        assertThat(figures)
                .extracting(Figure::name)
                .contains(
                        "prompt",
                        "generation",
                        "first_token",
                        "cached_first_token",
                        "batch_4",
                        "cancel",
                        "memory",
                        "grammar_cost",
                        "draft");
        assertThat(figures).allSatisfy(figure -> assertThat(figure.value()).isFinite());
        // present only where there is a C compiler
        assertThat(figures)
                .filteredOn(figure -> figure.name().matches("logits_equal"))
                .allSatisfy(figure -> assertThat(figure.value()).isEqualTo(1));
    }

    @Test
    void measuresOnlyWhatIsAskedFor() throws Exception {
        Natives.assumeLlama();
        var model = TinyModel.standard().write(folder.resolve("tiny.gguf"));
        var settings = new Settings(model, 1, 1, false, Set.of(Part.GENERATION), null, 0);

        assertThat(LlamaBench.run(settings, said -> {}))
                .singleElement()
                .satisfies(figure -> {
                    assertThat(figure.name()).isEqualTo("generation");
                    assertThat(figure.value()).isPositive();
                    assertThat(figure.peer()).isNull();
                });
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        var all = EnumSet.allOf(Part.class);

        assertThatThrownBy(() -> new Settings(folder, 0, 1, true, all, null, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Settings(folder, 1, 1, true, Set.of(), null, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
