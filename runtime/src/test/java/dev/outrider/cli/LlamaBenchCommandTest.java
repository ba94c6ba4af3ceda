package dev.outrider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.fit.ForecastLog;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import dev.outrider.codec.PlanJson;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlamaBenchCommandTest {

    @TempDir Path folder;
    private Path model;
    private ForecastLog log;

    @BeforeEach
    void writeModel() throws Exception {
        Natives.assumeLlama();
        model = TinyModel.standard().withContext(4096).write(folder.resolve("tiny.gguf"));
        log = new ForecastLog(folder.resolve("forecasts.jsonl"));
    }

    @Test
    void holdsForecastsOfSeveralModelsAgainstWhatIsMeasured() throws Exception {
        Path other = TinyModel.standard().withSeed(2).write(folder.resolve("other.gguf"));

        Typed typed = bench("--forecast", model + "," + other, "--json");

        JsonNode figures = PlanJson.MAPPER.readTree(typed.out()).path("figures");
        for (String name : List.of("tiny.gguf", "other.gguf")) {
            for (String figure : List.of("prompt", "generation")) {
                JsonNode one = figures.path(name + " " + figure);
                assertThat(one.path("value").asDouble()).isPositive();
                assertThat(one.path("ratio").asDouble())
                        .isEqualTo(one.path("value").asDouble() / one.path("peer").asDouble());
            }
        }
        assertThat(log.runs()).extracting(ForecastLog.Run::model).contains("tiny.gguf");
    }

    @Test
    void measuresOnlyWhatIsAskedFor() throws Exception {
        Typed typed = bench("--model", model.toString(), "--only", "cancel", "--json");

        JsonNode figures = PlanJson.MAPPER.readTree(typed.out()).path("figures");
        assertThat(figures.fieldNames()).toIterable().containsExactly("cancel", "cancel_median");
        assertThat(log.runs()).isEmpty();
    }

    @Test
    void saysWhichPartsThereAre() {
        Typed typed = bench("--only", "speed");

        assertThat(typed.exit()).isEqualTo(2);
        assertThat(typed.err()).contains("speed", "busy_core", "tool_calls");
    }

    private Typed bench(String... arguments) {
        ModelCatalogue none =
                new ModelCatalogue(
                        List.of(),
                        new CacheFolder(folder),
                        (reference, into) -> {
                            throw new AssertionError("nothing is to be fetched");
                        });
        return Typed.into(new LlamaBenchCommand(none, log), quick(arguments));
    }

    /** With more threads than free cores, a busy machine takes minutes. */
    private static String[] quick(String... arguments) {
        return Stream.concat(Stream.of("--threads", "1", "--rounds", "1"), Arrays.stream(arguments))
                .toArray(String[]::new);
    }
}
