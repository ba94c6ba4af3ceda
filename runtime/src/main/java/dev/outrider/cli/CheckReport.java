package dev.outrider.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.fit.Forecast;
import dev.outrider.ai.fit.ForecastLog.PastError;
import dev.outrider.ai.fit.Hardware;
import dev.outrider.ai.fit.Hardware.Battery;
import dev.outrider.ai.fit.Hardware.Gpu;
import dev.outrider.ai.fit.Hardware.Temperature;
import dev.outrider.ai.fit.Machine;
import dev.outrider.ai.fit.MemoryNeed;
import dev.outrider.ai.fit.ModelFit;
import dev.outrider.ai.fit.ModelShape;
import dev.outrider.ai.fit.Placement;
import dev.outrider.ai.fit.Verdict;
import dev.outrider.ai.llama.CacheType;
import dev.outrider.codec.PlanJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a check found, as lines for people and as JSON for programs. */
final class CheckReport {

    private final List<String> lines = new ArrayList<>();
    private final ObjectNode json = PlanJson.MAPPER.createObjectNode();

    private CheckReport() {}

    /** Of this machine. */
    static CheckReport of(Hardware hardware, @Nullable Long freeDiskBytes) {
        CheckReport report = new CheckReport();
        report.memory(hardware);
        report.line("disk", size(freeDiskBytes) + " free where models are kept");
        report.json.withObject("machine").put("freeDiskBytes", freeDiskBytes);
        report.devices(hardware);
        report.surroundings(hardware);
        return report;
    }

    /** Of a machine that is only known by its data sheet. */
    static CheckReport planned(Machine machine) {
        CheckReport report = new CheckReport();
        report.line("planned", machine.name() + ", by its data sheet");
        report.json.put("planned", machine.name());
        report.memory(machine.hardware());
        report.devices(machine.hardware());
        return report;
    }

    private void memory(Hardware hardware) {
        line("machine", hardware.board() == null ? "unknown" : hardware.board());
        line("memory", size(hardware.memoryBytes()) + ", available " + available(hardware));
        line("limit", hardware.limitBytes() == null ? "none known" : size(hardware.limitBytes()));
        line("cores", Integer.toString(hardware.cores()));
        line("features", listed(hardware.cpuFeatures(), "unknown"));
        ObjectNode machine = json.putObject("machine");
        machine.put("board", hardware.board());
        machine.put("memoryBytes", hardware.memoryBytes());
        machine.put("availableBytes", hardware.availableBytes());
        machine.put("limitBytes", hardware.limitBytes());
        machine.put("limitLeftBytes", hardware.limitLeftBytes());
        machine.put("cores", hardware.cores());
        hardware.cpuFeatures().forEach(machine.putArray("cpuFeatures")::add);
    }

    private void devices(Hardware hardware) {
        ObjectNode machine = json.withObject("machine");
        List<Gpu> gpus = hardware.gpus();
        if (gpus == null) {
            line("GPU", "unknown: llama.cpp's library is not there to ask");
            machine.putNull("gpus");
        } else {
            line("GPU", listed(gpus.stream().map(CheckReport::described).toList(), "none"));
            ArrayNode all = machine.putArray("gpus");
            gpus.forEach(gpu ->
                    all.addObject()
                            .put("name", gpu.name())
                            .put("description", gpu.description())
                            .put("memoryBytes", gpu.memoryBytes())
                            .put("freeBytes", gpu.freeBytes())
                            .put("sharesMemory", gpu.sharesMemory()));
        }
        line("NPU", listed(hardware.npus(), "none found"));
        hardware.npus().forEach(machine.putArray("npus")::add);
    }

    private static String described(Gpu gpu) {
        return gpu.description()
                + (gpu.sharesMemory()
                        ? ", shares the machine's memory"
                        : ", " + Megabytes.of(gpu.freeBytes()) + " free");
    }

    private void surroundings(Hardware hardware) {
        ObjectNode machine = json.withObject("machine");
        line(
                "hottest",
                hardware.temperatures().stream()
                        .max(Comparator.comparingDouble(Temperature::celsius))
                        .map(hottest ->
                                String.format(
                                        Locale.ROOT,
                                        "%.0f °C (%s)",
                                        hottest.celsius(),
                                        hottest.place()))
                        .orElse("no sensor"));
        ArrayNode all = machine.putArray("temperatures");
        hardware.temperatures()
                .forEach(sensor ->
                        all.addObject()
                                .put("place", sensor.place())
                                .put("celsius", sensor.celsius()));
        Battery battery = hardware.battery();
        if (battery == null) {
            line("battery", "none");
            machine.putNull("battery");
        } else {
            line(
                    "battery",
                    String.format(
                            Locale.ROOT,
                            "%.0f %%, %s",
                            battery.charge() * 100,
                            battery.status().toLowerCase(Locale.ROOT)));
            machine.putObject("battery")
                    .put("charge", battery.charge())
                    .put("status", battery.status());
        }
    }

    void model(String name, int context, ModelShape shape, Verdict verdict, List<Gpu> gpus) {
        line("model", name + ", trained for " + shape.trainedContext() + " tokens of context");
        json.put("model", name);
        json.put("context", context);
        json.put("trainedContext", shape.trainedContext());
        need(context, verdict.need(), cache(verdict));
        placement(Placement.of(shape, verdict.need(), gpus), !gpus.isEmpty());
        switch (verdict) {
            case Verdict.Fits(MemoryNeed need) -> verdict("fits", List.of(), List.of());
            case Verdict.Degraded(MemoryNeed need, CacheType cache, List<String> lost) ->
                    verdict("fits degraded", lost, how(cache));
            case Verdict.TooLarge(MemoryNeed need, String reason, List<String> instead) ->
                    verdict("does not fit", List.of(reason), instead);
        }
    }

    private void placement(Placement placement, boolean hasDevice) {
        if (hasDevice) {
            line(
                    "layers",
                    placement.deviceLayers()
                            + " of "
                            + placement.layers()
                            + " on the GPU, the others on the processor");
        }
        json.putObject("placement")
                .put("deviceLayers", placement.deviceLayers())
                .put("layers", placement.layers())
                .put("deviceBytes", placement.deviceBytes());
    }

    private static List<String> how(CacheType cache) {
        return cache == CacheType.F16
                ? List.of()
                : List.of("the engine's option cache_type=" + cache + "; outrider run keeps F16");
    }

    private void need(int context, MemoryNeed need, @Nullable CacheType cache) {
        line(
                "needs",
                Megabytes.of(need.weights())
                        + " weights + "
                        + Megabytes.of(need.cache())
                        + " cache of "
                        + context
                        + " tokens"
                        + (cache == null ? "" : " as " + cache)
                        + " + about "
                        + Megabytes.of(need.compute())
                        + " for computing + "
                        + Megabytes.of(ModelFit.RESERVE)
                        + " kept for the program");
        json.putObject("needs")
                .put("weightBytes", need.weights())
                .put("cacheBytes", need.cache())
                .put("computeBytesEstimate", need.compute())
                .put("reserveBytes", ModelFit.RESERVE)
                .put("cacheType", cache == null ? null : cache.name());
    }

    private void verdict(String word, List<String> because, List<String> instead) {
        line("verdict", because.isEmpty() ? word : word + ": " + String.join("; ", because));
        instead.forEach(way -> line("", "would do: " + way));
        json.put("verdict", word.replace(' ', '_'));
        because.forEach(json.putArray("because")::add);
        instead.forEach(json.putArray("wouldDo")::add);
    }

    /** What was timed. */
    void forecast(Forecast forecast) {
        line("prompt", range(forecast.prompt()) + " read");
        ObjectNode speed = json.putObject("speed");
        put(speed.putObject("prompt"), forecast.prompt());
        Forecast.Generation answer = forecast.generation();
        if (answer == null) {
            line("answer", "none, the model only gives embeddings");
        } else {
            line(
                    "answer",
                    range(answer.empty())
                            + " generated, "
                            + range(answer.full())
                            + " when the context is full");
            put(speed.putObject("generation"), answer.empty());
            put(speed.putObject("generationFullContext"), answer.full());
        }
        line("basis", forecast.basis());
        speed.put("unit", "tokens/s").put("basis", forecast.basis());
    }

    private static String range(Forecast.Range range) {
        return String.format(
                Locale.ROOT,
                "%.1f tokens/s (%.1f to %.1f)",
                range.likely(),
                range.low(),
                range.high());
    }

    private static void put(ObjectNode json, Forecast.Range range) {
        json.put("low", range.low()).put("likely", range.likely()).put("high", range.high());
    }

    /** How far earlier forecasts of a figure were off on this machine. */
    void past(String figure, Optional<PastError> error) {
        ObjectNode all = json.withObject("pastError");
        if (error.isEmpty()) {
            all.putNull(figure);
            return;
        }
        PastError known = error.get();
        line(
                "so far",
                String.format(
                        Locale.ROOT,
                        "forecasts of %s here were off by %.0f %%, at worst %.0f %% (%d run%s)",
                        figure,
                        known.median() * 100,
                        known.worst() * 100,
                        known.runs(),
                        known.runs() == 1 ? "" : "s"));
        all.putObject(figure)
                .put("runs", known.runs())
                .put("median", known.median())
                .put("worst", known.worst());
    }

    /** The speed that memory sets as the limit of generation, where nothing could be timed. */
    void atMost(ModelShape shape, Verdict verdict, double bytesPerSecond, String basis) {
        double empty = bytesPerSecond / shape.bytesPerToken();
        double full = bytesPerSecond / (shape.bytesPerToken() + verdict.need().cache());
        line(
                "answer",
                String.format(
                        Locale.ROOT,
                        "at most %.0f tokens/s generated, %.0f when the context is full; cores that"
                                + " cannot keep up with memory give less",
                        empty,
                        full));
        line("prompt", "unknown");
        line("basis", String.format(Locale.ROOT, "%.1f GB/s, %s", bytesPerSecond / 1e9, basis));
        json.putObject("speed")
                .put("mostTokensPerSecondEmptyContext", empty)
                .put("mostTokensPerSecondFullContext", full)
                .put("bytesPerSecond", bytesPerSecond)
                .put("basis", basis);
    }

    String text() {
        return String.join(System.lineSeparator(), lines);
    }

    String json() {
        return json.toString();
    }

    static @Nullable CacheType cache(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Fits(MemoryNeed need) -> CacheType.F16;
            case Verdict.Degraded(MemoryNeed need, CacheType cache, List<String> lost) -> cache;
            case Verdict.TooLarge(MemoryNeed need, String reason, List<String> instead) -> null;
        };
    }

    private static String listed(List<String> words, String none) {
        return words.isEmpty() ? none : String.join(" ", words);
    }

    private static String available(Hardware hardware) {
        return hardware.usableBytes().isPresent()
                ? Megabytes.of(hardware.usableBytes().getAsLong())
                : "unknown";
    }

    private static String size(@Nullable Long bytes) {
        return bytes == null ? "unknown" : Megabytes.of(bytes);
    }

    private void line(String name, String value) {
        lines.add(String.format(Locale.ROOT, "%-9s %s", name, value));
    }
}
