package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.llama.LlamaBench.Figure;
import dev.outrider.ai.llama.LlamaBench.Settings;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LlamaBenchTest {
    @TempDir Path folder;

    @Test
    void measuresEverythingBesideACProgram() throws Exception {
        Natives.assumeLlama();
        var model = TinyModel.standard().withContext(8192).write(folder.resolve("tiny.gguf"));

        var figures = LlamaBench.run(new Settings(model, 1, 1, model, 0), said -> {});

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
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new Settings(folder, 0, 1, null, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
