package dev.outrider.hal.health;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Reads what only some boards tell: a Raspberry Pi's throttling, and a Jetson's power and GPU load.
 * What the board does not tell is empty.
 */
public final class BoardHealth {

    private static final double WHOLE_LOAD = 1000;
    private static final double MILLI = 1000;
    private static final String TOTAL_RAIL = "VDD_IN";

    private final KernelFiles files;

    /**
     * @param root the folder that holds {@code proc} and {@code sys}: {@code /} for this host
     */
    public BoardHealth(Path root) {
        this.files = new KernelFiles(root);
    }

    /** What the Raspberry Pi's firmware holds back now. */
    public Optional<Throttling> throttling() {
        return files.entries("sys/devices/platform", "soc*").stream()
                .flatMap(soc -> KernelFiles.entries(soc, "*firmware").stream())
                .flatMap(firmware -> KernelFiles.text(firmware.resolve("get_throttled")).stream())
                .flatMap(BoardHealth::hexadecimal)
                .map(Throttling::of)
                .findFirst();
    }

    private static Stream<Long> hexadecimal(String text) {
        try {
            return Stream.of(Long.parseLong(text.replaceFirst("^0x", ""), 16));
        } catch (NumberFormatException e) {
            return Stream.empty();
        }
    }

    /** How busy the Jetson's GPU is, 0..1. */
    public OptionalDouble gpuLoad() {
        return files.entries("sys/devices/platform/bus@0", "*.gpu").stream()
                .map(gpu -> KernelFiles.number(gpu.resolve("load")))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(load -> load.getAsDouble() / WHOLE_LOAD)
                .findFirst();
    }

    /** Watts the Jetson takes in all, from its INA3221's total rail. */
    public OptionalDouble watts() {
        return files.entries("sys/class/hwmon", "hwmon*").stream()
                .filter(monitor -> is(monitor.resolve("name"), "ina3221"))
                .flatMap(BoardHealth::totalWatts)
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }

    private static Stream<Double> totalWatts(Path monitor) {
        List<Path> labels = KernelFiles.entries(monitor, "in*_label");
        return labels.stream()
                .filter(label -> is(label, TOTAL_RAIL))
                .map(label -> String.valueOf(label.getFileName()).replaceAll("\\D", ""))
                .flatMap(number -> watts(monitor, number));
    }

    private static Stream<Double> watts(Path monitor, String number) {
        OptionalDouble volts = KernelFiles.number(monitor.resolve("in%s_input".formatted(number)));
        OptionalDouble amperes =
                KernelFiles.number(monitor.resolve("curr%s_input".formatted(number)));
        return volts.isPresent() && amperes.isPresent()
                ? Stream.of(volts.getAsDouble() / MILLI * (amperes.getAsDouble() / MILLI))
                : Stream.empty();
    }

    private static boolean is(Path file, String text) {
        return KernelFiles.text(file).equals(Optional.of(text));
    }
}
