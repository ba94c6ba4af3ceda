package dev.outrider.ai.fit;

import dev.outrider.ai.llama.Availability;
import dev.outrider.ai.llama.Llama;
import dev.outrider.ai.llama.SystemMemory;
import dev.outrider.ai.llama.foreign.DeviceCalls;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a machine has for a model; null is what could not be read.
 *
 * @param board what the machine calls itself
 * @param memoryBytes of the machine
 * @param availableBytes that programs could still take without swapping
 * @param limitBytes the tightest limit of the control groups this process is in
 * @param limitLeftBytes what is left under that limit
 * @param cores this process may use
 * @param cpuFeatures that matter to the library, by the kernel's names
 * @param gpus as the library sees them; null if there is no library to ask
 * @param npus by the names of their device files or drivers
 * @param temperatures by the kernel's names of the places
 * @param battery null if there is none
 */
public record Hardware(
        @Nullable String board,
        @Nullable Long memoryBytes,
        @Nullable Long availableBytes,
        @Nullable Long limitBytes,
        @Nullable Long limitLeftBytes,
        int cores,
        List<String> cpuFeatures,
        @Nullable List<Gpu> gpus,
        List<String> npus,
        List<Temperature> temperatures,
        @Nullable Battery battery) {
    /**
     * A device the library computes on besides the processor.
     *
     * @param sharesMemory whether its memory is the machine's own, as on a Jetson
     */
    public record Gpu(
            String name,
            String description,
            long memoryBytes,
            long freeBytes,
            boolean sharesMemory) {}

    public record Temperature(String place, double celsius) {}

    /**
     * A battery.
     *
     * @param charge 0 to 1
     * @param status in the kernel's words, such as {@code Discharging}
     */
    public record Battery(double charge, String status) {}

    public Hardware {
        cpuFeatures = List.copyOf(cpuFeatures);
        gpus = gpus == null ? null : List.copyOf(gpus);
        npus = List.copyOf(npus);
        temperatures = List.copyOf(temperatures);
    }

    /** Asks the kernel, and the library for devices. */
    public static Hardware read() {
        return new HardwareReader(Path.of("/"))
                .read(Runtime.getRuntime().availableProcessors(), devices());
    }

    private static @Nullable List<Gpu> devices() {
        if (Llama.availability() instanceof Availability.Unavailable) {
            return null;
        }
        return DeviceCalls.devices().stream()
                .filter(DeviceCalls.Device::isGpu)
                .map(device ->
                        new Gpu(
                                device.name(),
                                device.description(),
                                device.totalBytes(),
                                device.freeBytes(),
                                device.isIntegrated()))
                .toList();
    }

    /** Memory a model could take now, in bytes; empty if unknown. */
    public OptionalLong usableBytes() {
        return new SystemMemory(memoryBytes, availableBytes, limitBytes, limitLeftBytes).usable();
    }
}
