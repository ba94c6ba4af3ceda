package dev.outrider.hal.board;

import dev.outrider.hal.part.DriveLimits;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads board profiles from YAML; says which line is wrong and why. */
public final class BoardProfileFile {

    private static final int MOST_LINES = 1023;
    private static final int MOST_CHANNELS = 63;
    private static final double FASTEST = 5;

    private BoardProfileFile() {}

    /**
     * The board that a file describes.
     *
     * @throws ProfileException if there is none, or at the first mistake in it
     */
    public static BoardProfile find(String file) {
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            return read(file, reader);
        } catch (IOException e) {
            throw new ProfileException(file, 1, "cannot be read: " + e);
        }
    }

    /**
     * Reads a profile.
     *
     * @param source what to call it in messages, such as the file's name
     * @throws ProfileException at the first mistake
     */
    public static BoardProfile read(String source, Reader reader) {
        Node root;
        try {
            root = new Yaml(new LoaderOptions()).compose(reader);
        } catch (MarkedYAMLException e) {
            throw new ProfileException(
                    source, e.getProblemMark().getLine() + 1, "no YAML: " + e.getProblem());
        }
        if (root == null) {
            throw new ProfileException(source, 1, "is empty");
        }
        return board(new YamlSection(source, root));
    }

    private static BoardProfile board(YamlSection section) {
        YamlSection limits = section.section("limits");
        DriveLimits drive = limits(limits);
        double radius = limits.number("radius", 0.01, FASTEST);
        double clearance = limits.number("clearance", 0, FASTEST);
        limits.end();
        String name = section.text("board");
        String chip = section.text("gpio-chip");
        String pwm = section.text("pwm-parent");
        int emergency = section.integer("emergency-stop", 0, MOST_LINES);
        List<BoardProfile.WatchdogProfile> watchdogs = watchdogs(section);
        List<PartProfile> parts = parts(section);
        section.end();
        try {
            return new BoardProfile(
                    name, chip, pwm, emergency, drive, radius, clearance, watchdogs, parts);
        } catch (IllegalArgumentException e) {
            throw section.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static DriveLimits limits(YamlSection limits) {
        return new DriveLimits(
                limits.number("speed", 0.01, FASTEST),
                limits.number("acceleration", 0.01, FASTEST),
                limits.number("turn-rate", 1, 720),
                limits.number("turn-acceleration", 1, 1440));
    }

    private static List<BoardProfile.WatchdogProfile> watchdogs(YamlSection section) {
        var watchdogs = new ArrayList<BoardProfile.WatchdogProfile>();
        if (section.has("watchdogs")) {
            for (YamlSection watchdog : section.sections("watchdogs")) {
                watchdogs.add(
                        new BoardProfile.WatchdogProfile(
                                Path.of(watchdog.text("device")),
                                Duration.ofSeconds(watchdog.integer("timeout", 2, 600))));
                watchdog.end();
            }
        }
        return watchdogs;
    }

    private static List<PartProfile> parts(YamlSection section) {
        var parts = new ArrayList<PartProfile>();
        for (YamlSection part : section.sections("parts")) {
            parts.add(part(part));
            part.end();
        }
        return parts;
    }

    private static PartProfile part(YamlSection part) {
        String kind = part.text("kind");
        String name = part.text("name");
        return switch (kind) {
            case "drive" ->
                    new PartProfile.Drive(
                            name,
                            part.number("track", 0.01, FASTEST),
                            wheel(part.section("left")),
                            wheel(part.section("right")));
            case "tfmini" ->
                    new PartProfile.Range(
                            name, Path.of(part.text("serial")), part.number("reach", 0.3, 12));
            case "ina219" -> battery(name, part);
            case "servo-gripper" ->
                    new PartProfile.Servo(
                            name,
                            part.integer("pwm", 0, MOST_CHANNELS),
                            microseconds(part, "grip"),
                            microseconds(part, "release"));
            case "rgb-lamp" ->
                    new PartProfile.Rgb(
                            name, line(part, "red"), line(part, "green"), line(part, "blue"));
            default ->
                    throw part.wrong(
                            "kind: must be drive, tfmini, ina219, servo-gripper or rgb-lamp, not "
                                    + kind);
        };
    }

    private static PartProfile.WheelProfile wheel(YamlSection wheel) {
        var profile =
                new PartProfile.WheelProfile(
                        wheel.integer("pwm", 0, MOST_CHANNELS),
                        line(wheel, "forward"),
                        line(wheel, "backward"),
                        wheel.integers("encoder", 2, 0, MOST_LINES),
                        wheel.number("ticks-per-meter", 1, 1e7),
                        wheel.number("top-speed", 0.01, FASTEST));
        wheel.end();
        return profile;
    }

    private static PartProfile.Battery battery(String name, YamlSection part) {
        var battery =
                new PartProfile.Battery(
                        name,
                        part.integer("bus", 0, 255),
                        part.integer("address", 0x40, 0x4F),
                        part.number("empty", 1, 60),
                        part.number("full", 1, 60));
        if (battery.fullVolts() <= battery.emptyVolts()) {
            throw part.wrong("full: must be more volts than empty");
        }
        return battery;
    }

    private static int line(YamlSection section, String key) {
        return section.integer(key, 0, MOST_LINES);
    }

    private static Duration microseconds(YamlSection section, String key) {
        return Duration.ofNanos(1000L * section.integer(key, 400, 2600));
    }
}
