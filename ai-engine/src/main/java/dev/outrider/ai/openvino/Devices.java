package dev.outrider.ai.openvino;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.intel.openvino.OpenVinoException;

/**
 * The devices a model is tried on, in order.
 *
 * @param order names of OpenVINO: {@code NPU}, {@code GPU}, {@code GPU.1}, {@code CPU}, {@code
 *     AUTO}; a name without a number stands for all of its kind
 */
public record Devices(List<String> order) {
    /** The one that needs least power first; the processor is always there. */
    public static final Devices ANY = new Devices(List.of("NPU", "GPU", "CPU"));

    /** The processor alone. */
    public static final Devices CPU = new Devices(List.of("CPU"));

    public Devices {
        order = order.stream().map(name -> name.strip().toUpperCase(Locale.ROOT)).toList();
        if (order.isEmpty() || order.contains("")) {
            throw new IllegalArgumentException("no device is named");
        }
    }

    /** Reads names separated by commas. */
    public static Devices of(String names) {
        return new Devices(List.of(names.split(",", -1)));
    }

    /**
     * A thing made for the first device that took it.
     *
     * @param explanation why that one, for people
     */
    public record Placed<T>(T value, String device, String explanation) {}

    /**
     * Makes something for the first device of the order that is here and does not refuse.
     *
     * @throws OpenVinoException if none does; the message has every reason
     */
    public <T> Placed<T> place(List<String> here, Function<String, T> making) {
        var reasons = new ArrayList<String>();
        for (String name : order) {
            if (!present(name, here)) {
                reasons.add(name + " is not here");
                continue;
            }
            try {
                var value = making.apply(name);
                reasons.add(name + " took it");
                return new Placed<>(value, name, String.join("; ", reasons));
            } catch (OpenVinoException e) {
                if (order.size() == 1) {
                    throw e;
                }
                reasons.add(name + " refused: " + firstLine(e));
            }
        }
        throw new RefusedException(
                "no device of %s can run this model: %s (devices here: %s)"
                        .formatted(
                                order,
                                String.join("; ", reasons),
                                here.stream().collect(Collectors.joining(", "))));
    }

    static boolean present(String name, List<String> here) {
        return name.startsWith("AUTO")
                || here.stream()
                        .anyMatch(device -> device.equals(name) || device.startsWith(name + "."));
    }

    static String firstLine(OpenVinoException e) {
        return String.valueOf(e.getMessage()).lines().reduce((first, last) -> last).orElse("?");
    }

    /** No device of the order takes a model. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
