package dev.outrider.hal.board;

import dev.outrider.hal.board.Resource.Line;
import dev.outrider.hal.part.DriveLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads board profiles from YAML; says which line is wrong and why. */
public final class BoardProfileFile {

    /** The boards that come with the program. */
    public static final List<String> SHIPPED =
            List.of("rpi-5", "rpi-4", "jetson-orin-nano", "jetson-agx-orin", "simulator");

    private static final int LARGEST = 65_536;
    private static final double FASTEST = 5;

    private BoardProfileFile() {}

    /**
     * The board that goes by a name, or that a file describes.
     *
     * @param nameOrFile one of {@link #SHIPPED}, or a path
     * @throws ProfileException if there is none, or at the first mistake in it
     */
    public static BoardProfile find(String nameOrFile) {
        if (SHIPPED.contains(nameOrFile)) {
            String file = nameOrFile + ".yaml";
            try (InputStream stream = BoardProfileFile.class.getResourceAsStream(file)) {
                if (stream == null) {
                    throw new ProfileException(file + " is missing from this build");
                }
                return read(file, stream.readNBytes(LARGEST + 1));
            } catch (IOException e) {
                throw new ProfileException("%s cannot be read: %s".formatted(file, e));
            }
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new ProfileException(
                    "no board is called %s, and there is no such file; the boards are %s"
                            .formatted(nameOrFile, String.join(", ", SHIPPED)));
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return read(nameOrFile, stream.readNBytes(LARGEST + 1));
        } catch (IOException e) {
            throw new ProfileException("%s cannot be read: %s".formatted(file, e));
        }
    }

    private static BoardProfile read(String source, byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new ProfileException(
                    "%s is larger than %d bytes and no board profile".formatted(source, LARGEST));
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return read(source, new StringReader(text));
        } catch (CharacterCodingException e) {
            throw new ProfileException(source + " is no UTF-8 text");
        }
    }

    /**
     * Reads a profile.
     *
     * @param source what to call it in messages, such as the file's name
     * @throws ProfileException at the first mistake
     */
    public static BoardProfile read(String source, Reader reader) {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(10);
        Node root;
        try {
            root = new Yaml(options).compose(reader);
        } catch (MarkedYAMLException e) {
            throw new ProfileException(
                    source, e.getProblemMark().getLine() + 1, "no YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new ProfileException(source, 1, "no YAML: " + e.getMessage());
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
        boolean simulated =
                section.has("simulated")
                        && section.choice("simulated", List.of("false", "true")) == 1;
        var reader = new PartReader(section);
        Line emergency = reader.line(section, "emergency-stop", "the emergency stop");
        List<BoardProfile.WatchdogProfile> watchdogs = watchdogs(section);
        var parts = new ArrayList<PartProfile>();
        for (YamlSection part : section.sections("parts")) {
            parts.add(reader.part(part));
            part.end();
        }
        section.end();
        try {
            return new BoardProfile(
                    name,
                    simulated,
                    emergency,
                    drive,
                    radius,
                    clearance,
                    watchdogs,
                    parts,
                    section.claims());
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
                Path device = Path.of(watchdog.text("device"));
                watchdog.claim("device", "the board", new Resource.Watchdog(device));
                watchdogs.add(
                        new BoardProfile.WatchdogProfile(
                                device, Duration.ofSeconds(watchdog.integer("timeout", 2, 600))));
                watchdog.end();
            }
        }
        return watchdogs;
    }
}
