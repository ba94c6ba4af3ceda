package dev.outrider.ai.fit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.fit.ForecastLog.PastError;
import dev.outrider.ai.fit.ForecastLog.Run;
import dev.outrider.ai.gguf.GgufFile;
import dev.outrider.ai.llama.CacheType;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.SyntheticModel;
import dev.outrider.ai.testing.SyntheticModel.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForecastTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void forecastsEveryArchitecture(Kind kind) throws IOException {
        Natives.assumeLlama();
        var file = GgufFile.read(SyntheticModel.small(kind).write(folder.resolve("m.gguf")));

        var forecast = ForecastProbe.forecast(file, 2048, CacheType.F16, 1, 0.25);

        assertThat(forecast.prompt().low()).isPositive().isLessThan(forecast.prompt().likely());
        var generation = requireNonNull(forecast.generation());
        assertThat(generation.empty().likely()).isGreaterThan(generation.full().likely());
        assertThat(forecast.basis()).contains("2 of its 2 layers", "1 thread just now", "GB/s");
    }

    @Test
    @Tag("real-model")
    void forecastsHowFastEmbeddingsAre() {
        var file = GgufFile.read(Natives.assumeModel("all-minilm-l6-v2-gguf"));

        var forecast = ForecastProbe.forecast(file, 512, CacheType.F16, 1, 0.25);

        assertThat(forecast.prompt().likely()).isPositive();
        assertThat(forecast.generation()).isNull();
    }

    @Test
    void remembersRunsAndHowFarTheyWereOff() {
        var log = new ForecastLog(folder.resolve("cache/forecasts.jsonl"));
        assertThat(log.runs()).isEmpty();
        assertThat(log.pastError(ForecastLog.GENERATION)).isEmpty();

        log.append(run(90, 100));
        log.append(run(130, 100));
        log.append(run(100, 100));

        assertThat(log.runs()).hasSize(3).first().isEqualTo(run(90, 100));
        var error = log.pastError(ForecastLog.GENERATION).orElseThrow();
        assertThat(error).isEqualTo(new PastError(3, 0.1, 0.3));
        assertThat(log.pastError(ForecastLog.PROMPT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"at\":\"yesterday\"}",
                "{\"at\":\"2026-01-01T00:00:00Z\",\"figures\":{\"generation\":{\"predicted\":-1}}}"
            })
    void passesOverLinesThatMakeNoSense(String line) throws IOException {
        var file = folder.resolve("forecasts.jsonl");
        var log = new ForecastLog(file);
        log.append(run(90, 100));
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);

        assertThat(log.runs()).containsExactly(run(90, 100));
    }

    @Test
    void forgetsTheOldestRuns() {
        var log = new ForecastLog(folder.resolve("forecasts.jsonl"));
        for (int i = 1; i <= 210; i++) {
            log.append(run(i, 100));
        }

        assertThat(log.runs()).hasSize(200).first().isEqualTo(run(11, 100));
    }

    @Test
    void refusesForecastsOfNothing() {
        assertThatThrownBy(() -> new ForecastLog.Pair(0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ForecastLog.Pair(1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Forecast.Range(2, 1, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTheMachinesItShipsProfilesOf() {
        assertThat(Machine.known()).hasSizeGreaterThanOrEqualTo(9);
        for (Machine machine : Machine.known()) {
            assertThat(machine.hardware().usableBytes()).as(machine.name()).isPresent();
            assertThat(machine.hardware().memoryBytes())
                    .isGreaterThan(machine.hardware().usableBytes().getAsLong());
            assertThat(machine.ratedBytesPerSecond()).isPositive();
        }
        assertThat(Machine.named("jetson-orin-nano-8gb").hardware().gpus())
                .singleElement()
                .matches(Hardware.Gpu::sharesMemory);
        assertThatThrownBy(() -> Machine.named("toaster"))
                .isInstanceOf(FitException.class)
                .hasMessageContaining("rpi5-8gb");
    }

    private static Run run(double predicted, double measured) {
        return new Run(
                Instant.parse("2026-01-01T00:00:00Z"),
                "m",
                2048,
                1,
                Map.of(ForecastLog.GENERATION, new ForecastLog.Pair(predicted, measured)));
    }
}
