package dev.outrider.hal.health;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Reads what only some boards tell: a Raspberry Pi's throttling and supply, and the power rails of
 * a Jetson or of any board with an INA3221. What the board does not tell is empty.
 */
public final class BoardHealth {

    /**
     * What a Raspberry Pi's firmware holds back (the bits of {@code vcgencmd get_throttled}).
     *
     * @param underVoltage the supply is below 4.63 V
     * @param capped the clock may not go as high as it could
     * @param throttled the clock is lowered
     * @param softLimit the soft temperature limit is reached
     * @param sinceBoot whether any of these has been so since the machine was started
     */
    public record Throttling(
            boolean underVoltage,
            boolean capped,
            boolean throttled,
            boolean softLimit,
            boolean sinceBoot) {

        private static final int STICKY = 0xF0000;

        static Throttling of(long bits) {
            return new Throttling(
                    (bits & 1) != 0,
                    (bits & 2) != 0,
                    (bits & 4) != 0,
                    (bits & 8) != 0,
                    (bits & (STICKY | 0xF)) != 0);
        }

        /** Whether the machine is slower than it could be. */
        public boolean slowed() {
            return capped || throttled || softLimit;
        }
    }

    /** What flows through one rail of a power monitor. */
    public record Rail(String name, double volts, double amperes) {

        public double watts() {
            return volts * amperes;
        }
    }

    private static final double MILLI = 1000;
    private static final String MONITOR = "ina3221";
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

    /** Whether the supply's voltage is too low, as a Raspberry Pi's own monitor says. */
    public Optional<Boolean> underVoltage() {
        return monitors("rpi_volt")
                .flatMapToDouble(
                        monitor -> KernelFiles.number(monitor.resolve("in0_lcrit_alarm")).stream())
                .mapToObj(alarm -> alarm != 0)
                .findFirst();
    }

    /** All named rails that tell both their voltage and their current. */
    public List<Rail> rails() {
        return monitors(MONITOR).flatMap(BoardHealth::rails).toList();
    }

    private Stream<Path> monitors(String name) {
        return files.entries("sys/class/hwmon", "hwmon*").stream()
                .filter(monitor ->
                        KernelFiles.text(monitor.resolve("name")).equals(Optional.of(name)));
    }

    private static Stream<Rail> rails(Path monitor) {
        return KernelFiles.entries(monitor, "in*_label").stream()
                .flatMap(label -> rail(monitor, label).stream());
    }

    private static Optional<Rail> rail(Path monitor, Path label) {
        String number = String.valueOf(label.getFileName()).replaceAll("\\D", "");
        Optional<String> name = KernelFiles.text(label);
        OptionalDouble volts = KernelFiles.number(monitor.resolve("in%s_input".formatted(number)));
        OptionalDouble amperes =
                KernelFiles.number(monitor.resolve("curr%s_input".formatted(number)));
        return name.isPresent() && volts.isPresent() && amperes.isPresent()
                ? Optional.of(
                        new Rail(
                                name.get(),
                                volts.getAsDouble() / MILLI,
                                amperes.getAsDouble() / MILLI))
                : Optional.empty();
    }

    /** Watts the Jetson takes in all. */
    public OptionalDouble watts() {
        return rails().stream()
                .filter(rail -> rail.name.equals(TOTAL_RAIL))
                .mapToDouble(Rail::watts)
                .findFirst();
    }
}
