package dev.outrider.ai.openvino;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.intel.openvino.OpenVinoException;

/** How a device is doing. Asked often: an answer should cost little. */
@FunctionalInterface
public interface Conditions {
    /** The temperature of a device in degrees Celsius; empty if it is not known. */
    OptionalDouble celsius(String device);

    /**
     * What this machine says: Linux's hottest thermal zone for the processor, OpenVINO's own
     * property for others.
     */
    static Conditions measured() {
        return device ->
                device.equals("CPU")
                        ? hottestZone(Path.of("/sys/class/thermal"))
                        : ofDevice(device);
    }

    private static OptionalDouble ofDevice(String device) {
        try {
            return OptionalDouble.of(
                    Double.parseDouble(
                            OpenVino.core().get_property(device, "DEVICE_THERMAL").asString()));
        } catch (OpenVinoException | NumberFormatException e) {
            return OptionalDouble.empty(); // few devices have it
        }
    }

    /** The hottest of sysfs's thermal zones, whose files hold thousandths of a degree. */
    static OptionalDouble hottestZone(Path zones) {
        try (var all = Files.newDirectoryStream(zones, "thermal_zone*")) {
            var hottest = OptionalDouble.empty();
            for (Path zone : all) {
                double celsius =
                        Double.parseDouble(Files.readString(zone.resolve("temp")).strip()) / 1000;
                hottest = OptionalDouble.of(Math.max(celsius, hottest.orElse(celsius)));
            }
            return hottest;
        } catch (IOException | NumberFormatException e) {
            return OptionalDouble.empty(); // a machine without sensors, or one that does not answer
        }
    }
}
