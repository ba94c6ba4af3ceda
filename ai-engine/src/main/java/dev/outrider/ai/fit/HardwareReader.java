package dev.outrider.ai.fit;

import dev.outrider.ai.fit.Hardware.Battery;
import dev.outrider.ai.fit.Hardware.Gpu;
import dev.outrider.ai.fit.Hardware.Temperature;
import dev.outrider.ai.llama.SystemFiles;
import dev.outrider.ai.llama.SystemMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads Linux's files: proc(5) for the processor, sysfs for temperature, battery and accelerators,
 * both beside {@link SystemMemory}. A file that is missing or unreadable leaves its value unknown.
 */
final class HardwareReader {
    private static final Set<String> FEATURES =
            Set.of(
                    "sse4_2",
                    "avx",
                    "avx2",
                    "fma",
                    "f16c",
                    "avx512f",
                    "avx512_vnni",
                    "avx_vnni",
                    "amx_int8",
                    "asimd",
                    "asimddp",
                    "asimdhp",
                    "i8mm",
                    "bf16",
                    "sve",
                    "sve2");

    /** Device files of accelerators whose drivers are not in the kernel's class of them. */
    private static final Pattern NPU_FILE =
            Pattern.compile("(hailo|apex_|nvhost-nvdla|rknpu|galcore)\\d*");

    private final SystemFiles files;

    HardwareReader(Path root) {
        files = new SystemFiles(root);
    }

    /**
     * @param gpus null if there is no library to ask
     */
    Hardware read(int cores, @Nullable List<Gpu> gpus) {
        var memory = SystemMemory.read(files);
        var board = board();
        boolean jetson = board != null && board.contains("Jetson");
        return new Hardware(
                board,
                memory.total(),
                memory.available(),
                memory.limit(),
                memory.left(),
                cores,
                features(),
                gpus == null ? null : gpus.stream().map(gpu -> jetson ? shared(gpu) : gpu).toList(),
                npus(),
                temperatures(),
                battery());
    }

    /** CUDA calls a Jetson's graphics a device of its own, and counts the machine's memory. */
    private static Gpu shared(Gpu gpu) {
        return new Gpu(gpu.name(), gpu.description(), gpu.memoryBytes(), gpu.freeBytes(), true);
    }

    private @Nullable String board() {
        return Stream.of("proc/device-tree/model", "sys/class/dmi/id/product_name")
                .flatMap(file -> files.lines(file).stream().limit(1))
                .map(name -> name.replace("\0", "").strip())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private List<String> npus() {
        var drivers =
                entries("sys/class/accel").stream()
                        .map(accelerator ->
                                files
                                        .lines("sys/class/accel/" + accelerator + "/device/uevent")
                                        .stream()
                                        .filter(line -> line.startsWith("DRIVER="))
                                        .map(line -> line.substring("DRIVER=".length()))
                                        .findFirst()
                                        .orElse(accelerator));
        var files = entries("dev").stream().filter(name -> NPU_FILE.matcher(name).matches());
        return Stream.concat(drivers, files).distinct().sorted().toList();
    }

    private List<Temperature> temperatures() {
        return entries("sys/class/thermal").stream()
                .filter(zone -> zone.startsWith("thermal_zone"))
                .flatMap(zone -> temperature("sys/class/thermal/" + zone).stream())
                .toList();
    }

    private Optional<Temperature> temperature(String zone) {
        return files.number(zone + "/temp", 0)
                .map(thousandths ->
                        new Temperature(
                                files.lines(zone + "/type").stream().findFirst().orElse(zone),
                                thousandths / 1000.0));
    }

    private @Nullable Battery battery() {
        for (String supply : entries("sys/class/power_supply")) {
            var folder = "sys/class/power_supply/" + supply;
            var percent = files.number(folder + "/capacity", 0);
            if (files.lines(folder + "/type").equals(List.of("Battery")) && percent.isPresent()) {
                var status = files.lines(folder + "/status").stream().findFirst().orElse("Unknown");
                return new Battery(percent.get() / 100.0, status);
            }
        }
        return null;
    }

    private List<String> entries(String folder) {
        try (var entries = Files.list(files.root().resolve(folder))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            return List.of(); // this kernel has none
        }
    }

    private List<String> features() {
        return files.lines("proc/cpuinfo").stream()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .findFirst()
                .map(line -> Arrays.stream(line.split("\\s+", -1)).filter(FEATURES::contains))
                .map(words -> words.sorted().toList())
                .orElse(List.of());
    }
}
