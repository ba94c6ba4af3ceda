package dev.outrider.hal.safety;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The emergency stop's state on disk. Six lines: format, state, who, why, when, and a CRC-32 of the
 * lines before. A new state is written beside the file, forced to the disk, and renamed over it;
 * the folder is forced too. Only a file that says released, whole and well-formed, means released;
 * no file at all is a robot that was never started. If a new state cannot be written, as on a full
 * disk, the file is emptied, which needs no space and reads as engaged.
 */
final class Latch {

    private static final String FORMAT = "outrider-emergency-stop 1";
    private static final String ENGAGED = "engaged";
    private static final String RELEASED = "released";

    private final Path file;
    private final Clock clock;

    Latch(Path file, Clock clock) {
        this.file = file.toAbsolutePath();
        this.clock = clock;
    }

    /** The text on one line, so that it can stand in the latch file; empty if it is blank. */
    static Optional<String> line(String text) {
        return Optional.of(text.replaceAll("\\p{Cntrl}+", " ").strip())
                .filter(line -> !line.isEmpty());
    }

    private static String required(String text, String what) {
        return line(text)
                .orElseThrow(() ->
                        new IllegalArgumentException("a release needs to know %s".formatted(what)));
    }

    /** What the file says; anything but a well-formed released state is an engagement. */
    Optional<Engagement> read() {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return parse(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.of(unreadable("cannot be read: " + e));
        }
    }

    private Optional<Engagement> parse(List<String> lines) {
        if (lines.size() == 6 && lines.get(5).equals(checksum(lines.subList(0, 5)))) {
            if (lines.get(0).equals(FORMAT) && lines.get(1).equals(RELEASED)) {
                return Optional.empty();
            }
            if (lines.get(0).equals(FORMAT) && lines.get(1).equals(ENGAGED)) {
                return Optional.of(engagement(lines));
            }
        }
        return Optional.of(unreadable("is damaged"));
    }

    private static String checksum(List<String> lines) {
        var crc = new CRC32();
        crc.update(StandardCharsets.UTF_8.encode(String.join("\n", lines)));
        return "%08x".formatted(crc.getValue());
    }

    private Engagement engagement(List<String> lines) {
        try {
            return new Engagement(lines.get(2), lines.get(3), Instant.parse(lines.get(4)));
        } catch (DateTimeException e) {
            return unreadable("is damaged");
        }
    }

    private Engagement unreadable(String how) {
        return new Engagement(
                "latch", "the latch file %s %s".formatted(file, how), clock.instant());
    }

    void writeEngaged(Engagement engagement) {
        try {
            write(ENGAGED, engagement.who(), engagement.why(), engagement.at());
        } catch (IOException e) {
            empty(e);
        }
    }

    void writeReleased(String who, String why) {
        try {
            write(RELEASED, required(who, "who releases"), required(why, "why"), clock.instant());
        } catch (IOException e) {
            throw new LatchException(file, "record the release", e);
        }
    }

    private void write(String state, String who, String why, Instant at) throws IOException {
        List<String> lines = List.of(FORMAT, state, who, why, at.toString());
        String text = String.join("\n", lines) + "\n" + checksum(lines) + "\n";
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(fresh, CREATE, WRITE, TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, ATOMIC_MOVE, REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.resolveSibling(""), READ)) {
            folder.force(true);
        }
    }

    private void empty(IOException cause) {
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
            channel.force(true);
        } catch (IOException e) {
            cause.addSuppressed(e);
            throw new LatchException(file, "record the emergency stop", cause);
        }
    }
}
