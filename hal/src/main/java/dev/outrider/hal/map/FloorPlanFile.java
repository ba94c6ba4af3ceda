package dev.outrider.hal.map;

import dev.outrider.hal.part.Point;
import dev.outrider.hal.part.Pose;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads floor plans from properties: {@code floor = x1 y1 x2 y2}, {@code wall.<id>} and {@code
 * box.<id>} likewise, {@code place.<name> = x y heading} and {@code alias.<name> = other, names}.
 */
public final class FloorPlanFile {

    private static final String FLOOR = "floor";

    private FloorPlanFile() {}

    /** The flat that comes with the simulator: 13 m by 10 m, the dock at the origin. */
    public static FloorPlan flat() {
        try (InputStream stream =
                        Objects.requireNonNull(
                                FloorPlanFile.class.getResourceAsStream("flat.properties"));
                Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            return read(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a plan.
     *
     * @throws IllegalArgumentException naming the key, if a value is not what the key needs
     */
    public static FloorPlan read(Reader reader) throws IOException {
        var properties = new Properties();
        properties.load(reader);
        properties.stringPropertyNames().forEach(FloorPlanFile::requireKnown);
        return new FloorPlan(
                box(properties, FLOOR),
                each(properties, "wall.", key -> wall(properties, key)),
                each(properties, "box.", key -> box(properties, key)),
                each(properties, "place.", key -> place(properties, key)));
    }

    private static void requireKnown(String key) {
        if (!key.equals(FLOOR)
                && Stream.of("wall.", "box.", "place.", "alias.").noneMatch(key::startsWith)) {
            throw new IllegalArgumentException(
                    key + ": unknown; use floor, wall.*, box.*, place.* or alias.*");
        }
    }

    private static <T> List<T> each(
            Properties properties, String prefix, Function<String, T> read) {
        return properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith(prefix))
                .sorted()
                .map(read)
                .toList();
    }

    private static Wall wall(Properties properties, String key) {
        double[] at = numbers(properties, key, 4);
        return new Wall(new Point(at[0], at[1]), new Point(at[2], at[3]));
    }

    private static Box box(Properties properties, String key) {
        double[] at = numbers(properties, key, 4);
        try {
            return new Box(new Point(at[0], at[1]), new Point(at[2], at[3]));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    private static Place place(Properties properties, String key) {
        String name = key.substring("place.".length());
        double[] at = numbers(properties, key, 3);
        List<String> aliases =
                Arrays.stream(properties.getProperty("alias." + name, "").split(",", -1))
                        .map(String::strip)
                        .filter(alias -> !alias.isEmpty())
                        .toList();
        return new Place(name, new Pose(at[0], at[1], at[2]), aliases);
    }

    private static double[] numbers(Properties properties, String key, int count) {
        String value = properties.getProperty(key, "").strip();
        try {
            double[] numbers =
                    Arrays.stream(value.split("\\s+", -1))
                            .mapToDouble(Double::parseDouble)
                            .toArray();
            if (numbers.length == count) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(needs(key, count, value), e);
        }
        throw new IllegalArgumentException(needs(key, count, value));
    }

    private static String needs(String key, int count, String value) {
        return "%s: needs %d numbers with blanks between, not \"%s\"".formatted(key, count, value);
    }
}
