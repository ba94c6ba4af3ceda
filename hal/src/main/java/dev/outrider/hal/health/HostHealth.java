package dev.outrider.hal.health;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Reads how a Linux host is. Each call reads afresh; what the host does not tell is empty. Figures
 * come from {@code /proc} and {@code /sys} under the given root
 * (Documentation/filesystems/proc.rst, admin-guide/abi, accounting/psi.rst in the Linux sources).
 */
public final class HostHealth {

    /** What one of the host's thermal zones measures, in degrees Celsius. */
    public record Temperature(String zone, double celsius) {

        private static final Pattern CPU =
                Pattern.compile("cpu.*|x86_pkg_temp|soc.*|tj-thermal|coretemp.*|k10temp.*");

        /** Whether the zone lies on or beside the processor, by the names Linux drivers give. */
        public boolean cpu() {
            return CPU.matcher(zone.toLowerCase(Locale.ROOT)).matches();
        }
    }

    /**
     * The host's own battery.
     *
     * @param charge 0..1
     * @param external whether the host says that it runs on outside power
     */
    public record Battery(double charge, boolean external) {

        public Battery {
            if (!(charge >= 0 && charge <= 1)) {
                throw new IllegalArgumentException("a charge lies within 0..1, not " + charge);
            }
        }
    }

    private static final double MILLI = 1000;
    private static final Set<String> EXTERNAL = Set.of("Charging", "Full", "Not charging");

    private final KernelFiles files;

    /**
     * @param root the folder that holds {@code proc} and {@code sys}: {@code /} for this host
     */
    public HostHealth(Path root) {
        this.files = new KernelFiles(root);
    }

    /**
     * All thermal zones that answer; on a host without zones, the processor's own sensors, which
     * such hosts have under hwmon.
     */
    public List<Temperature> temperatures() {
        List<Temperature> zones =
                files.entries("sys/class/thermal", "thermal_zone*").stream()
                        .flatMap(zone -> temperature(zone).stream())
                        .toList();
        return zones.stream().anyMatch(Temperature::cpu)
                ? zones
                : Stream.concat(zones.stream(), monitored()).toList();
    }

    private Stream<Temperature> monitored() {
        return files.entries("sys/class/hwmon", "hwmon*").stream()
                .flatMap(monitor ->
                        KernelFiles.text(monitor.resolve("name")).stream()
                                .flatMap(name ->
                                        KernelFiles.number(monitor.resolve("temp1_input")).stream()
                                                .mapToObj(milli ->
                                                        new Temperature(name, milli / MILLI))));
    }

    private static Optional<Temperature> temperature(Path zone) {
        OptionalDouble milli = KernelFiles.number(zone.resolve("temp"));
        return milli.isEmpty()
                ? Optional.empty()
                : KernelFiles.text(zone.resolve("type"))
                        .map(type -> new Temperature(type, milli.getAsDouble() / MILLI));
    }

    /** The hottest of the processor's zones, in degrees Celsius. */
    public OptionalDouble hottestCpuCelsius() {
        return temperatures().stream()
                .filter(Temperature::cpu)
                .mapToDouble(Temperature::celsius)
                .max();
    }

    /** Runnable tasks over the last minute for each core that is switched on; 1 is fully busy. */
    public OptionalDouble loadPerCore() {
        OptionalDouble load = firstWord(files.text("proc/loadavg"));
        OptionalDouble cores = cores();
        return load.isPresent() && cores.isPresent()
                ? OptionalDouble.of(load.getAsDouble() / cores.getAsDouble())
                : OptionalDouble.empty();
    }

    private static OptionalDouble firstWord(Optional<String> text) {
        return text.isPresent()
                ? KernelFiles.parse(text.get().split("\\s+", 2)[0])
                : OptionalDouble.empty();
    }

    /** Counts a list of ranges such as {@code 0-3,6}. */
    private OptionalDouble cores() {
        Optional<String> online = files.text("sys/devices/system/cpu/online");
        if (online.isEmpty()) {
            return OptionalDouble.empty();
        }
        double[] counts =
                Stream.of(online.get().split(",", -1)).mapToDouble(HostHealth::count).toArray();
        double sum = DoubleStream.of(counts).sum();
        return sum >= 1 ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    private static double count(String range) {
        String[] ends = range.strip().split("-", 2);
        OptionalDouble first = KernelFiles.parse(ends[0]);
        OptionalDouble last = KernelFiles.parse(ends[ends.length - 1]);
        return first.isPresent() && last.isPresent()
                ? last.getAsDouble() - first.getAsDouble() + 1
                : Double.NaN;
    }

    /** Bytes that new work could use without swapping. */
    public OptionalLong memoryAvailableBytes() {
        return memory("MemAvailable:");
    }

    /** Bytes of memory in all. */
    public OptionalLong memoryTotalBytes() {
        return memory("MemTotal:");
    }

    private OptionalLong memory(String label) {
        OptionalDouble kibibytes = labelled("proc/meminfo", label);
        return kibibytes.isPresent()
                ? OptionalLong.of((long) (kibibytes.getAsDouble() * 1024))
                : OptionalLong.empty();
    }

    /** Share of the last ten seconds, 0..1, in which some task waited for memory. */
    public OptionalDouble memoryPressure() {
        return pressure("memory");
    }

    /** Share of the last ten seconds, 0..1, in which some task waited for a processor. */
    public OptionalDouble cpuPressure() {
        return pressure("cpu");
    }

    private OptionalDouble pressure(String of) {
        Optional<String> some =
                lines("proc/pressure/" + of).filter(line -> line.startsWith("some ")).findFirst();
        OptionalDouble percent =
                some.isPresent()
                        ? KernelFiles.parse(some.get().replaceAll(".*avg10=([0-9.]+).*", "$1"))
                        : OptionalDouble.empty();
        return percent.isPresent()
                ? OptionalDouble.of(percent.getAsDouble() / 100)
                : OptionalDouble.empty();
    }

    /**
     * Share, 0..1, of the memory that the control group of this process may use and does use; empty
     * if it has no limit.
     */
    public OptionalDouble groupMemory() {
        String group =
                lines("proc/self/cgroup")
                        .filter(line -> line.startsWith("0::/"))
                        .map(line -> line.substring("0::/".length()))
                        .findFirst()
                        .orElse("");
        OptionalDouble most = files.number("sys/fs/cgroup/%s/memory.max".formatted(group));
        OptionalDouble used = files.number("sys/fs/cgroup/%s/memory.current".formatted(group));
        return most.isPresent() && most.getAsDouble() > 0 && used.isPresent()
                ? OptionalDouble.of(used.getAsDouble() / most.getAsDouble())
                : OptionalDouble.empty();
    }

    private OptionalDouble labelled(String path, String label) {
        Optional<String> line = lines(path).filter(text -> text.startsWith(label)).findFirst();
        return firstWord(line.map(text -> text.substring(label.length()).strip()));
    }

    private Stream<String> lines(String path) {
        return files.text(path).stream().flatMap(String::lines);
    }

    /** The host's battery, if it has one that tells its charge. */
    public Optional<Battery> battery() {
        return files.entries("sys/class/power_supply", "*").stream()
                .filter(supply ->
                        KernelFiles.text(supply.resolve("type")).equals(Optional.of("Battery")))
                .filter(supply ->
                        !KernelFiles.text(supply.resolve("scope")).equals(Optional.of("Device")))
                .flatMap(supply -> battery(supply).stream())
                .findFirst();
    }

    private static Optional<Battery> battery(Path supply) {
        OptionalDouble percent = KernelFiles.number(supply.resolve("capacity"));
        Optional<String> status = KernelFiles.text(supply.resolve("status"));
        if (percent.isEmpty() || status.isEmpty()) {
            return Optional.empty();
        }
        double charge = Math.clamp(percent.getAsDouble() / 100, 0, 1);
        return Optional.of(new Battery(charge, EXTERNAL.contains(status.get())));
    }
}
