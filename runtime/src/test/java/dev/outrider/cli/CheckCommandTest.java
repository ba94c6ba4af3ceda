package dev.outrider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.fit.ForecastLog;
import dev.outrider.ai.fit.Hardware;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.TinyModel;
import dev.outrider.codec.PlanJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    private static final long GIB = 1L << 30;

    @TempDir Path folder;

    @Test
    void saysWhatTheMachineHasAndWhatIsUnknown() {
        Typed typed = check(null);

        assertThat(typed.exit()).isZero();
        assertThat(typed.out())
                .contains("memory    unknown, available unknown", "features  asimd")
                .contains("GPU       card, 2048 MB free", "NPU       hailo0")
                .contains("hottest   61 °C (cpu)", "battery   50 %, discharging");
    }

    @Test
    void promisesTheContextThatFits() throws Exception {
        Typed typed = check(4 * GIB, "--model", model(65_536), "--json");

        assertThat(typed.exit()).as(typed.err()).isZero();
        JsonNode json = PlanJson.MAPPER.readTree(typed.out());
        assertThat(json.path("verdict").asText()).isEqualTo("fits");
        // 2 layers x (32 + 32) numbers x 2 bytes x 32,768 cells
        assertThat(json.path("needs").path("cacheBytes").asLong()).isEqualTo(2 * 64 * 2 * 32_768);
        assertThat(json.path("placement").path("deviceLayers").asInt()).isEqualTo(2);
        assertThat(json.path("speed").path("basis").asText()).isNotBlank();
    }

    @Test
    void saysWhatIsLostWhenLessIsPromised() throws IOException {
        Typed typed = check(4 * GIB, "--model", model(2048), "--context", "2048");

        assertThat(typed.exit()).isZero();
        assertThat(typed.out())
                .contains("fits degraded: a context of 2048 tokens instead of 32768", "GB/s");
    }

    @Test
    void refusesWithTheExitCodeAnInstallerNeeds() throws IOException {
        Typed untrained = check(4 * GIB, "--model", model(2048));
        Typed small = check(GIB / 4, "--model", model(65_536));

        assertThat(untrained.exit()).isEqualTo(1);
        assertThat(untrained.out())
                .contains("does not fit: it was trained for 2048", "would do: --context 2048")
                .doesNotContain("speed");
        assertThat(small.exit()).isEqualTo(1);
        assertThat(small.out()).contains("does not fit", "MB more memory");
    }

    @Test
    void promisesNothingWhereMemoryIsUnknown() throws IOException {
        Typed typed = check(null, "--model", model(65_536));

        assertThat(typed.exit()).isEqualTo(1);
        assertThat(typed.err()).contains("unknown, so nothing can be promised").hasLineCount(1);
    }

    @Test
    void forecastsBothSpeedsWithTheirRangeAndSaysHowFarItWasOff() throws Exception {
        Natives.assumeLlama();
        String model = model(65_536);
        log().append(
                        new ForecastLog.Run(
                                Instant.EPOCH,
                                "tiny",
                                2048,
                                1,
                                Map.of(ForecastLog.PROMPT, new ForecastLog.Pair(90, 100))));

        Typed typed = check(4 * GIB, "--model", model, "--json");

        JsonNode speed = PlanJson.MAPPER.readTree(typed.out()).path("speed");
        for (String figure : List.of("prompt", "generation", "generationFullContext")) {
            JsonNode range = speed.path(figure);
            assertThat(range.path("low").asDouble()).as(figure).isPositive();
            assertThat(range.path("likely").asDouble()).isGreaterThan(range.path("low").asDouble());
            assertThat(range.path("high").asDouble())
                    .isGreaterThan(range.path("likely").asDouble());
        }
        assertThat(check(4 * GIB, "--model", model).out())
                .contains("forecasts of prompt here were off by 10 %, at worst 10 % (1 run)");
    }

    @Test
    void plansForAMachineThatIsNotThere() throws IOException {
        Typed fits = check(null, "--machine", "rpi5-8gb", "--model", model(65_536));

        assertThat(fits.exit()).as(fits.err()).isZero();
        assertThat(fits.out())
                .contains("Raspberry Pi 5, 8 GB", "at most", "17.1 GB/s", "nothing was measured");
        assertThat(check(null, "--machine", "list").out()).contains("jetson-agx-orin-64gb");
        assertThat(check(null, "--machine", "toaster").err())
                .contains("no machine is called toaster")
                .hasLineCount(1);
    }

    @Test
    void asksForModelsThatAreNotHere() {
        assertThat(check(GIB, "--model", "smollm2").err())
                .contains("is not on this machine: outrider models pull smollm2-135m-instruct");
        assertThat(check(GIB, "--context", "0").exit()).isEqualTo(2);
    }

    private String model(int context) throws IOException {
        Path file = folder.resolve("tiny.gguf");
        return TinyModel.standard().withContext(context).write(file).toString();
    }

    private Typed check(@Nullable Long available, String... arguments) {
        Hardware hardware =
                new Hardware(
                        "test board",
                        available,
                        available,
                        null,
                        null,
                        2,
                        List.of("asimd"),
                        List.of(new Hardware.Gpu("CUDA0", "card", 2 * GIB, 2 * GIB, false)),
                        List.of("hailo0"),
                        List.of(new Hardware.Temperature("cpu", 61)),
                        new Hardware.Battery(0.5, "Discharging"));
        ModelCatalogue catalogue = ModelCatalogue.standard(new CacheFolder(folder));
        // with more threads than free cores, a busy machine takes minutes
        String[] quick =
                Stream.concat(Stream.of("--threads", "1"), Arrays.stream(arguments))
                        .toArray(String[]::new);
        return Typed.into(new CheckCommand(catalogue, () -> hardware, log()), quick);
    }

    private ForecastLog log() {
        return new ForecastLog(folder.resolve("forecasts.jsonl"));
    }
}
