package dev.outrider.ai.fit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A machine known by its data sheet, to plan for before it is there. Nothing of it is measured.
 *
 * @param name how people ask for it
 * @param describe what it is, for people
 * @param hardware it has; available is what a fresh system without a desktop leaves
 * @param ratedBytesPerSecond of the memory that models are computed from, by the data sheet
 */
public record Machine(String name, String describe, Hardware hardware, double ratedBytesPerSecond) {
    private static final double GIGA = 1e9;

    /** The boards this version ships profiles of. */
    public static List<Machine> known() {
        try (var json = Machine.class.getResourceAsStream("machines.json")) {
            if (json == null) {
                throw new IllegalStateException("machines.json is missing from this build");
            }
            var machines = new ArrayList<Machine>();
            new ObjectMapper().readTree(json).forEach(machine -> machines.add(machine(machine)));
            return List.copyOf(machines);
        } catch (IOException e) {
            throw new UncheckedIOException("machines.json of this build is damaged", e);
        }
    }

    /**
     * The one with a name.
     *
     * @throws FitException if there is none; the message lists those there are
     */
    public static Machine named(String name) {
        return known().stream()
                .filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new FitException(
                                "no machine is called %s; there are %s"
                                        .formatted(
                                                name,
                                                known().stream()
                                                        .map(Machine::name)
                                                        .collect(Collectors.joining(", ")))));
    }

    private static Machine machine(JsonNode json) {
        long available = mebibytes(json, "availableMiB");
        var features = new ArrayList<String>();
        json.path("cpuFeatures").forEach(feature -> features.add(feature.asText()));
        var hardware =
                new Hardware(
                        json.path("describe").asText(),
                        mebibytes(json, "memoryMiB"),
                        available,
                        null,
                        null,
                        json.path("cores").asInt(),
                        features,
                        gpus(json.path("gpu"), available),
                        List.of(),
                        List.of(),
                        null);
        return new Machine(
                json.path("name").asText(),
                json.path("describe").asText(),
                hardware,
                json.path("ratedGigabytesPerSecond").asDouble() * GIGA);
    }

    private static List<Hardware.Gpu> gpus(JsonNode gpu, long available) {
        if (gpu.isMissingNode()) {
            return List.of();
        }
        boolean shared = gpu.path("sharesMemory").asBoolean();
        long memory = shared ? available : mebibytes(gpu, "memoryMiB");
        var name = gpu.path("name").asText();
        return List.of(new Hardware.Gpu(name, name, memory, memory, shared));
    }

    private static long mebibytes(JsonNode json, String field) {
        return json.path(field).asLong() << 20;
    }
}
