package dev.outrider.hal.health;

import dev.outrider.hal.Timebase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How busy the processor and the accelerators are. Most drivers count time instead of telling a
 * load, so a load is known from the second reading on, for the time between the two. A device whose
 * driver tells no load, as NVIDIA's own for desktop cards, is there with an unknown one.
 */
public final class Loads {

    /** What an accelerator is. */
    public enum Kind {
        GPU,
        NPU
    }

    /**
     * One accelerator.
     *
     * @param name the driver's, or the product's where the driver tells it
     * @param load share of the time it was busy, 0..1
     * @param memory share of its own memory in use, 0..1
     */
    public record Accelerator(Kind kind, String name, OptionalDouble load, OptionalDouble memory) {}

    private static final double PER_MILLE = 1000;
    private static final double PERCENT = 100;
    private static final double MICRO = 1e-6;
    private static final double MILLI = 1e-3;
    private static final String AMD = "0x1002";
    private static final String INTEL = "0x8086";

    /** A counter as it was last read. */
    private record Count(double value, double of) {}

    private final KernelFiles files;
    private final Timebase time;
    private final Map<String, Count> counts = new HashMap<>();

    /**
     * @param root the folder that holds {@code proc} and {@code sys}: {@code /} for this host
     */
    public Loads(Path root, Timebase time) {
        this.files = new KernelFiles(root);
        this.time = time;
    }

    /** Share of the time, 0..1, that all processors together were busy since the last call. */
    public synchronized OptionalDouble cpu() {
        Optional<String> line =
                files.text("proc/stat").stream()
                        .flatMap(String::lines)
                        .filter(text -> text.startsWith("cpu "))
                        .findFirst();
        if (line.isEmpty()) {
            return OptionalDouble.empty();
        }
        double[] jiffies =
                Stream.of(line.get().substring(4).strip().split("\\s+"))
                        .limit(8)
                        .mapToDouble(word -> KernelFiles.parse(word).orElse(Double.NaN))
                        .toArray();
        if (jiffies.length < 5) {
            return OptionalDouble.empty();
        }
        double all = 0;
        for (double part : jiffies) {
            all += part;
        }
        return since("cpu", all - jiffies[3] - jiffies[4], all);
    }

    /** All graphics and neural processors this host tells of. */
    public synchronized List<Accelerator> accelerators() {
        var found = new ArrayList<Accelerator>();
        files.entries("sys/class/drm", "card[0-9]").forEach(card -> card(card, found));
        files.entries("sys/class/accel", "accel*").forEach(npu -> npu(npu, found));
        jetson().ifPresent(found::add);
        raspberry().ifPresent(found::add);
        files.entries("proc/driver/nvidia/gpus", "*").stream()
                .flatMap(gpu -> nvidia(gpu).stream())
                .forEach(found::add);
        return found;
    }

    private void card(Path card, List<Accelerator> found) {
        String vendor = KernelFiles.text(card.resolve("device/vendor")).orElse("");
        if (vendor.equals(AMD)) {
            found.add(
                    new Accelerator(
                            Kind.GPU,
                            "amdgpu",
                            share(card.resolve("device/gpu_busy_percent"), PERCENT),
                            memory(card.resolve("device"))));
        } else if (vendor.equals(INTEL)) {
            found.add(new Accelerator(Kind.GPU, "intel", intelLoad(card), OptionalDouble.empty()));
        }
    }

    private static OptionalDouble memory(Path device) {
        OptionalDouble used = KernelFiles.number(device.resolve("mem_info_vram_used"));
        OptionalDouble total = KernelFiles.number(device.resolve("mem_info_vram_total"));
        return used.isPresent() && total.isPresent() && total.getAsDouble() > 0
                ? OptionalDouble.of(used.getAsDouble() / total.getAsDouble())
                : OptionalDouble.empty();
    }

    /** What is left of the time that i915 or xe says it was idle. */
    private OptionalDouble intelLoad(Path card) {
        Path i915 = card.resolve("gt/gt0/rc6_residency_ms");
        Path xe = card.resolve("device/tile0/gt0/gtidle/idle_residency_ms");
        OptionalDouble idle = KernelFiles.number(i915);
        idle = idle.isPresent() ? idle : KernelFiles.number(xe);
        OptionalDouble share =
                idle.isPresent()
                        ? since(card.toString(), idle.getAsDouble() * MILLI, seconds())
                        : OptionalDouble.empty();
        return share.isPresent()
                ? OptionalDouble.of(1 - share.getAsDouble())
                : OptionalDouble.empty();
    }

    /** Intel's, whose driver ivpu counts microseconds. */
    private void npu(Path npu, List<Accelerator> found) {
        Path busy = npu.resolve("device/npu_busy_time_us");
        String vendor = KernelFiles.text(npu.resolve("device/vendor")).orElse("");
        OptionalDouble micros = KernelFiles.number(busy);
        if (vendor.equals(INTEL) || micros.isPresent()) {
            OptionalDouble load =
                    micros.isPresent()
                            ? since(busy.toString(), micros.getAsDouble() * MICRO, seconds())
                            : OptionalDouble.empty();
            found.add(new Accelerator(Kind.NPU, "intel", load, OptionalDouble.empty()));
        }
    }

    /** A Jetson's, which tells its load in thousandths. */
    private Optional<Accelerator> jetson() {
        return Stream.of("sys/devices/platform/bus@0", "sys/devices/platform", "sys/devices")
                .flatMap(folder ->
                        Stream.concat(
                                files.entries(folder, "*.gpu").stream(),
                                files.entries(folder, "gpu.0").stream()))
                .map(gpu ->
                        new Accelerator(
                                Kind.GPU,
                                "tegra",
                                share(gpu.resolve("load"), PER_MILLE),
                                OptionalDouble.empty()))
                .findFirst();
    }

    /**
     * A Raspberry Pi's, whose driver v3d has a line for each queue: name, time, jobs, time busy, in
     * nanoseconds. The busiest queue counts.
     */
    private Optional<Accelerator> raspberry() {
        return Stream.of("sys/devices/platform/axi", "sys/devices/platform/v3dbus")
                .flatMap(bus -> files.entries(bus, "*.v3d").stream())
                .filter(gpu -> KernelFiles.text(gpu.resolve("gpu_stats")).isPresent())
                .map(gpu ->
                        new Accelerator(
                                Kind.GPU,
                                "v3d",
                                queues(gpu.resolve("gpu_stats")),
                                OptionalDouble.empty()))
                .findFirst();
    }

    private OptionalDouble queues(Path stats) {
        return KernelFiles.text(stats).stream()
                .flatMap(String::lines)
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length >= 4)
                .flatMapToDouble(words -> queue(stats + "/" + words[0], words).stream())
                .max();
    }

    private OptionalDouble queue(String name, String... words) {
        OptionalDouble at = KernelFiles.parse(words[1]);
        OptionalDouble busy = KernelFiles.parse(words[3]);
        return at.isPresent() && busy.isPresent()
                ? since(name, busy.getAsDouble(), at.getAsDouble())
                : OptionalDouble.empty();
    }

    private static Optional<Accelerator> nvidia(Path gpu) {
        return KernelFiles.text(gpu.resolve("information")).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Model:"))
                .map(line -> line.substring("Model:".length()).strip())
                .map(model ->
                        new Accelerator(
                                Kind.GPU, model, OptionalDouble.empty(), OptionalDouble.empty()))
                .findFirst();
    }

    private static OptionalDouble share(Path file, double whole) {
        OptionalDouble number = KernelFiles.number(file);
        return number.isPresent() && number.getAsDouble() >= 0
                ? OptionalDouble.of(Math.min(1, number.getAsDouble() / whole))
                : OptionalDouble.empty();
    }

    private double seconds() {
        return time.nanos() / 1e9;
    }

    /** The share by which a counter has grown, of what it could have grown by since last time. */
    private OptionalDouble since(String name, double value, double of) {
        if (!Double.isFinite(value) || !Double.isFinite(of)) {
            return OptionalDouble.empty();
        }
        Count before = counts.put(name, new Count(value, of));
        if (before == null || of <= before.of || value < before.value) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Math.min(1, (value - before.value) / (of - before.of)));
    }
}
