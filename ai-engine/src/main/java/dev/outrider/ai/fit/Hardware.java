package dev.outrider.ai.fit;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What this machine has for a model; null is what could not be read.
 *
 * @param memoryBytes of the machine
 * @param availableBytes that programs could still take without swapping
 * @param limitBytes the tightest limit of the control groups this process is in
 * @param limitLeftBytes what is left under that limit
 * @param cores this process may use
 * @param cpuFeatures that matter to the library, by the kernel's names
 */
public record Hardware(
        @Nullable Long memoryBytes,
        @Nullable Long availableBytes,
        @Nullable Long limitBytes,
        @Nullable Long limitLeftBytes,
        int cores,
        List<String> cpuFeatures) {
    public Hardware {
        cpuFeatures = List.copyOf(cpuFeatures);
    }

    /** Asks the kernel. */
    public static Hardware read() {
        return new HardwareReader(Path.of("/")).read(Runtime.getRuntime().availableProcessors());
    }

    /** Memory a model could take now, in bytes; empty if unknown. */
    public OptionalLong usableBytes() {
        if (availableBytes == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                limitLeftBytes == null ? availableBytes : Math.min(availableBytes, limitLeftBytes));
    }
}
