package dev.outrider.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.fit.Hardware;
import dev.outrider.ai.fit.MemoryNeed;
import dev.outrider.ai.fit.ModelFit;
import dev.outrider.ai.fit.ModelShape;
import dev.outrider.ai.fit.Verdict;
import dev.outrider.ai.llama.CacheType;
import dev.outrider.codec.PlanJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a check found, as lines for people and as JSON for programs. */
final class CheckReport {

    private final List<String> lines = new ArrayList<>();
    private final ObjectNode json = PlanJson.MAPPER.createObjectNode();

    CheckReport(Hardware hardware, @Nullable Long freeDiskBytes) {
        line("memory", size(hardware.memoryBytes()) + ", available " + available(hardware));
        line("limit", hardware.limitBytes() == null ? "none known" : size(hardware.limitBytes()));
        line("cores", Integer.toString(hardware.cores()));
        line(
                "features",
                hardware.cpuFeatures().isEmpty()
                        ? "unknown"
                        : String.join(" ", hardware.cpuFeatures()));
        line("disk", size(freeDiskBytes) + " free where models are kept");
        line("not read", "GPU, NPU, temperature, battery");
        ObjectNode machine = json.putObject("machine");
        machine.put("memoryBytes", hardware.memoryBytes());
        machine.put("availableBytes", hardware.availableBytes());
        machine.put("limitBytes", hardware.limitBytes());
        machine.put("limitLeftBytes", hardware.limitLeftBytes());
        machine.put("cores", hardware.cores());
        hardware.cpuFeatures().forEach(machine.putArray("cpuFeatures")::add);
        machine.put("freeDiskBytes", freeDiskBytes);
    }

    void model(String name, int context, ModelShape shape, Verdict verdict) {
        line("model", name + ", trained for " + shape.trainedContext() + " tokens of context");
        json.put("model", name);
        json.put("context", context);
        json.put("trainedContext", shape.trainedContext());
        need(context, need(verdict), cache(verdict));
        switch (verdict) {
            case Verdict.Fits(MemoryNeed need) -> verdict("fits", List.of(), List.of());
            case Verdict.Degraded(MemoryNeed need, CacheType cache, List<String> lost) ->
                    verdict("fits degraded", lost, how(cache));
            case Verdict.TooLarge(MemoryNeed need, String reason, List<String> instead) ->
                    verdict("does not fit", List.of(reason), instead);
        }
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

    /**
     * The speed that memory sets as the limit of generation.
     *
     * @param bytesPerSecond measured
     */
    void speed(ModelShape shape, Verdict verdict, double bytesPerSecond, int threads) {
        double empty = bytesPerSecond / shape.bytesPerToken();
        double full = bytesPerSecond / (shape.bytesPerToken() + need(verdict).cache());
        line(
                "speed",
                String.format(
                        Locale.ROOT,
                        "generation at most about %.0f tokens/s with an empty context, %.0f with a"
                                + " full one; cores that cannot keep up with memory give less",
                        empty,
                        full));
        line(
                "",
                String.format(
                        Locale.ROOT,
                        "basis: %.1f GB/s copied by %d thread%s just now",
                        bytesPerSecond / 1e9,
                        threads,
                        threads == 1 ? "" : "s"));
        json.putObject("speed")
                .put("mostTokensPerSecondEmptyContext", empty)
                .put("mostTokensPerSecondFullContext", full)
                .put("basis", "memory bandwidth measured by copying")
                .put("bytesPerSecond", bytesPerSecond)
                .put("threads", threads);
    }

    String text() {
        return String.join(System.lineSeparator(), lines);
    }

    String json() {
        return json.toString();
    }

    private static MemoryNeed need(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Fits(MemoryNeed need) -> need;
            case Verdict.Degraded(MemoryNeed need, CacheType cache, List<String> lost) -> need;
            case Verdict.TooLarge(MemoryNeed need, String reason, List<String> instead) -> need;
        };
    }

    private static @Nullable CacheType cache(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Fits(MemoryNeed need) -> CacheType.F16;
            case Verdict.Degraded(MemoryNeed need, CacheType cache, List<String> lost) -> cache;
            case Verdict.TooLarge(MemoryNeed need, String reason, List<String> instead) -> null;
        };
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
