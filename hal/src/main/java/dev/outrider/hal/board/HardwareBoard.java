package dev.outrider.hal.board;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.PullResistance;
import dev.outrider.hal.Timebase;
import dev.outrider.hal.device.LineEmergencyInput;
import dev.outrider.hal.device.WheelDrive;
import dev.outrider.hal.linux.HardwareWatchdog;
import dev.outrider.hal.linux.PwmChannel;
import dev.outrider.hal.map.FloorPlan;
import dev.outrider.hal.map.GridPlanner;
import dev.outrider.hal.part.Part;
import dev.outrider.hal.safety.EmergencyStop;
import dev.outrider.hal.safety.GuardedDriveBase;
import dev.outrider.hal.safety.GuardedGripper;
import dev.outrider.hal.safety.Guardian;
import dev.outrider.hal.safety.Lease;
import dev.outrider.hal.safety.SafeState;
import dev.outrider.hal.safety.SafetyLoop;
import dev.outrider.hal.safety.WatchdogFeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A robot of real parts, as a profile describes it: opened with its emergency circuit, a running
 * safety loop that also holds the wheels' speeds, and a guardian for the motors. Closing it puts
 * everything to rest and gives the hardware back.
 */
public final class HardwareBoard implements AutoCloseable {

    private static final double PLANNING_MARGIN_METERS = 0.07;

    private final Board board;
    private final HardwareParts hardware;
    private final Guardian guardian;
    private final List<HardwareWatchdog> watchdogs;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HardwareBoard(
            Board board,
            HardwareParts hardware,
            Guardian guardian,
            List<HardwareWatchdog> watchdogs) {
        this.board = board;
        this.hardware = hardware;
        this.guardian = guardian;
        this.watchdogs = watchdogs;
    }

    /**
     * Opens the hardware.
     *
     * @param plan the floor it moves on
     * @param latch the emergency stop's latch file, in an existing folder
     * @throws RuntimeException naming what could not be opened; nothing stays open then
     */
    public static HardwareBoard open(BoardProfile profile, FloorPlan plan, Path latch) {
        Context context =
                Pi4J.newContextBuilder()
                        .autoDetectProviders()
                        .property("outrider.gpio.chip", profile.gpioChip())
                        .property("outrider.pwm.parent", profile.pwmParent())
                        .build();
        var hardware = new HardwareParts(context);
        try {
            return assemble(profile, plan, latch, hardware);
        } catch (RuntimeException e) {
            hardware.close();
            throw e;
        }
    }

    private static HardwareBoard assemble(
            BoardProfile profile, FloorPlan plan, Path latch, HardwareParts hardware) {
        Timebase time = Timebase.wall();
        var input =
                new LineEmergencyInput(
                        hardware.input(profile.emergencyLine(), PullResistance.PULL_UP));
        var stop = EmergencyStop.open(latch, input, Clock.systemUTC());
        var loop = new SafetyLoop(stop, time);
        var parts = new ArrayList<Part>();
        for (PartProfile part : profile.parts()) {
            parts.add(part(part, profile, hardware, stop, loop, time));
        }
        double reach = profile.radiusMeters() + profile.clearanceMeters() + PLANNING_MARGIN_METERS;
        var surroundings =
                new BoardSurroundings(
                        plan.places(), new GridPlanner(plan, reach), profile.clearanceMeters());
        var board = new Board(profile.name(), parts, surroundings, stop, loop, time);
        Guardian guardian = guardian(profile);
        loop.whenHealthy(() -> stopUnguarded(guardian, stop));
        List<HardwareWatchdog> watchdogs = watchdogs(profile, loop, time);
        loop.start();
        return new HardwareBoard(board, hardware, guardian, watchdogs);
    }

    /** Opened last: once running, a watchdog resets the machine if anything here fails. */
    private static List<HardwareWatchdog> watchdogs(
            BoardProfile profile, SafetyLoop loop, Timebase time) {
        var watchdogs = new ArrayList<HardwareWatchdog>();
        for (BoardProfile.WatchdogProfile each : profile.watchdogs()) {
            HardwareWatchdog watchdog = HardwareWatchdog.open(each.device(), each.timeout());
            loop.whenHealthy(new WatchdogFeed(watchdog.timeout(), watchdog::feed, time));
            watchdogs.add(watchdog);
        }
        return watchdogs;
    }

    private static Part part(
            PartProfile part,
            BoardProfile profile,
            HardwareParts hardware,
            EmergencyStop stop,
            SafetyLoop loop,
            Timebase time) {
        return switch (part) {
            case PartProfile.Drive drive -> {
                WheelDrive wheels = hardware.drive(drive, profile.limits(), time);
                loop.whenHealthy(wheels::step);
                yield new GuardedDriveBase(wheels, stop, loop, Lease.DEFAULT);
            }
            case PartProfile.Range range -> hardware.range(range);
            case PartProfile.Battery battery -> hardware.battery(battery);
            case PartProfile.Servo servo -> new GuardedGripper(hardware.gripper(servo), stop);
            case PartProfile.Rgb lamp -> hardware.lamp(lamp);
        };
    }

    private static Guardian guardian(BoardProfile profile) {
        List<SafeState> states =
                profile.parts().stream()
                        .filter(PartProfile.Drive.class::isInstance)
                        .map(PartProfile.Drive.class::cast)
                        .flatMap(drive -> Stream.of(drive.left(), drive.right()))
                        .flatMap(wheel -> safe(profile, wheel))
                        .toList();
        try {
            return Guardian.start(states);
        } catch (IOException e) {
            throw new UncheckedIOException("the guardian cannot be started", e);
        }
    }

    private static void stopUnguarded(Guardian guardian, EmergencyStop stop) {
        if (!guardian.watching() && !stop.engaged()) {
            stop.engage("safety loop", "the guardian process is gone");
        }
    }

    private static Stream<SafeState> safe(BoardProfile profile, PartProfile.WheelProfile wheel) {
        Path pwm = PwmChannel.chip(profile.pwmParent()).resolve("pwm" + wheel.pwm());
        return Stream.of(
                new SafeState.Setting(pwm.resolve("enable"), "0"),
                new SafeState.Level(profile.gpioChip(), wheel.forward(), false),
                new SafeState.Level(profile.gpioChip(), wheel.backward(), false));
    }

    public Board board() {
        return board;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (hardware;
                guardian) {
            board.close();
        } finally {
            watchdogs.forEach(HardwareWatchdog::disarm);
        }
    }
}
