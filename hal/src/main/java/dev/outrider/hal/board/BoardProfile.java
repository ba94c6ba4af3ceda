package dev.outrider.hal.board;

import dev.outrider.hal.part.DriveLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What sits where on a board.
 *
 * @param name of the robot's board
 * @param simulated whether it has no hardware and every part is its twin
 * @param emergencyLine line of the emergency stop circuit
 * @param limits of the drive
 * @param radiusMeters of the robot seen from above
 * @param clearanceMeters kept between hull and obstacles
 * @param watchdogs that reset the machine when safety is not checked any more; may be none
 * @param parts in the order they are opened
 * @param claims all that the parts take of the machine
 */
public record BoardProfile(
        String name,
        boolean simulated,
        Resource.Line emergencyLine,
        DriveLimits limits,
        double radiusMeters,
        double clearanceMeters,
        List<WatchdogProfile> watchdogs,
        List<PartProfile> parts,
        List<Claim> claims) {

    /**
     * A hardware watchdog.
     *
     * @param device such as {@code /dev/watchdog0}
     */
    public record WatchdogProfile(Path device, Duration timeout) {}

    /**
     * Something a part takes for itself.
     *
     * @param by the part, or the board
     * @param source the file that says so
     * @param line where in the file, from 1
     */
    public record Claim(Resource resource, String by, String source, int line) {}

    public BoardProfile {
        watchdogs = List.copyOf(watchdogs);
        parts = List.copyOf(parts);
        claims = List.copyOf(claims);
        var names = new HashSet<String>();
        for (PartProfile part : parts) {
            if (!names.add(part.name())) {
                throw new IllegalArgumentException("two parts are called " + part.name());
            }
        }
    }

    /** The same with other watchdogs, whose numbers only a machine knows. */
    public BoardProfile watchedBy(List<WatchdogProfile> others) {
        return new BoardProfile(
                name,
                simulated,
                emergencyLine,
                limits,
                radiusMeters,
                clearanceMeters,
                others,
                parts,
                claims);
    }

    /** What this machine lacks for this board, one line each with the profile's file and line. */
    public List<String> missing() {
        return missing(new Machine());
    }

    /**
     * What a machine lacks for this board, one line each with the profile's file and line; nothing
     * for a simulated one.
     *
     * @param machine says of one thing why it is not there; empty if it is
     */
    public List<String> missing(Function<Resource, Optional<String>> machine) {
        if (simulated) {
            return List.of();
        }
        return claims.stream()
                .flatMap(claim ->
                        machine.apply(claim.resource).stream()
                                .map(reason ->
                                        "%s:%d: %s: %s"
                                                .formatted(
                                                        claim.source,
                                                        claim.line,
                                                        claim.by,
                                                        reason)))
                .distinct()
                .toList();
    }
}
