package dev.outrider.hal.board;

import dev.outrider.hal.part.DriveLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/**
 * What sits where on a board.
 *
 * @param name of the robot's board
 * @param gpioChip label of the chip its lines are on
 * @param pwmParent device its PWM channels belong to
 * @param emergencyLine line of the emergency stop circuit
 * @param limits of the drive
 * @param radiusMeters of the robot seen from above
 * @param clearanceMeters kept between hull and obstacles
 * @param watchdogs that reset the machine when safety is not checked any more; may be none
 */
public record BoardProfile(
        String name,
        String gpioChip,
        String pwmParent,
        int emergencyLine,
        DriveLimits limits,
        double radiusMeters,
        double clearanceMeters,
        List<WatchdogProfile> watchdogs,
        List<PartProfile> parts) {

    /**
     * A hardware watchdog.
     *
     * @param device such as {@code /dev/watchdog0}
     */
    public record WatchdogProfile(Path device, Duration timeout) {}

    /** What this machine lacks for it. */
    public List<String> missing() {
        Inventory machine = Inventory.read();
        var missing = new java.util.ArrayList<String>();
        if (machine.chips().stream().noneMatch(chip -> chip.label().equals(gpioChip))) {
            missing.add("no GPIO chip is labelled " + gpioChip);
        }
        if (machine.pwm().stream().noneMatch(pwm -> pwm.parent().equals(pwmParent))) {
            missing.add("no PWM chip belongs to " + pwmParent);
        }
        return missing;
    }

    public BoardProfile {
        watchdogs = List.copyOf(watchdogs);
        parts = List.copyOf(parts);
        var names = new HashSet<String>();
        for (PartProfile part : parts) {
            if (!names.add(part.name())) {
                throw new IllegalArgumentException("two parts are called " + part.name());
            }
        }
    }
}
