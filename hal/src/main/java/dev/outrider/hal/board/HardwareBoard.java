package dev.outrider.hal.board;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.PullResistance;
import dev.outrider.hal.Timebase;
import dev.outrider.hal.device.LineParts;
import dev.outrider.hal.device.WheelDrive;
import dev.outrider.hal.linux.HardwareWatchdog;
import dev.outrider.hal.map.FloorPlan;
import dev.outrider.hal.map.GridPlanner;
import dev.outrider.hal.part.Gripper;
import dev.outrider.hal.part.Motor;
import dev.outrider.hal.part.Part;
import dev.outrider.hal.part.Relay;
import dev.outrider.hal.part.Servo;
import dev.outrider.hal.part.Stepper;
import dev.outrider.hal.safety.EmergencyStop;
import dev.outrider.hal.safety.Guarded;
import dev.outrider.hal.safety.Guardian;
import dev.outrider.hal.safety.Lease;
import dev.outrider.hal.safety.SafetyLoop;
import dev.outrider.hal.safety.WatchdogFeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

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
        if (profile.simulated()) {
            throw new ProfileException(
                    profile.name() + " has no hardware; it is opened as a simulation");
        }
        List<String> missing = profile.missing();
        if (!missing.isEmpty()) {
            throw new ProfileException(String.join("\n", missing));
        }
        Context context =
                Pi4J.newContextBuilder()
                        .autoDetectProviders()
                        .property("outrider.gpio.chip", profile.emergencyLine().chip())
                        .build();
        Timebase time = Timebase.wall();
        var hardware = new HardwareParts(context, time);
        try {
            return assemble(profile, plan, latch, hardware, time);
        } catch (RuntimeException e) {
            hardware.close();
            throw e;
        }
    }

    private static HardwareBoard assemble(
            BoardProfile profile,
            FloorPlan plan,
            Path latch,
            HardwareParts hardware,
            Timebase time) {
        var input =
                new LineParts.EmergencyCircuit(
                        hardware.input(profile.emergencyLine(), PullResistance.PULL_UP));
        var stop = EmergencyStop.open(latch, input, Clock.systemUTC());
        var loop = new SafetyLoop(stop, time);
        var parts = new ArrayList<Part>();
        for (PartProfile part : profile.parts()) {
            parts.add(guarded(part, hardware.part(part, profile.limits()), stop, loop));
        }
        double reach = profile.radiusMeters() + profile.clearanceMeters() + PLANNING_MARGIN_METERS;
        var surroundings =
                new Board.Surroundings(
                        plan.places(), new GridPlanner(plan, reach), profile.clearanceMeters());
        var board = new Board(profile.name(), parts, surroundings, stop, loop, time);
        Guardian guardian = guardian(profile);
        try {
            loop.whenHealthy(() -> stopUnguarded(guardian, stop));
            List<HardwareWatchdog> watchdogs = watchdogs(profile, loop, time);
            loop.start();
            return new HardwareBoard(board, hardware, guardian, watchdogs);
        } catch (RuntimeException e) {
            guardian.close();
            throw e;
        }
    }

    /** Opened last: once running, a watchdog resets the machine unless it is fed or disarmed. */
    private static List<HardwareWatchdog> watchdogs(
            BoardProfile profile, SafetyLoop loop, Timebase time) {
        var watchdogs = new ArrayList<HardwareWatchdog>();
        try {
            for (BoardProfile.WatchdogProfile each : profile.watchdogs()) {
                HardwareWatchdog watchdog = HardwareWatchdog.open(each.device(), each.timeout());
                watchdogs.add(watchdog);
                loop.whenHealthy(new WatchdogFeed(watchdog.timeout(), watchdog::feed, time));
            }
            return watchdogs;
        } catch (RuntimeException e) {
            watchdogs.forEach(HardwareWatchdog::disarm);
            throw e;
        }
    }

    /** Puts what can move under the emergency stop, and what goes on moving under a lease. */
    private static Part guarded(
            PartProfile profile, Part part, EmergencyStop stop, SafetyLoop loop) {
        return switch (part) {
            case WheelDrive wheels -> {
                loop.whenHealthy(wheels::step);
                yield Guarded.drive(wheels, stop, loop, Lease.DEFAULT);
            }
            case Motor motor when profile.wiring() instanceof PartProfile.Motor limits ->
                    Guarded.motor(
                            motor,
                            limits.most(),
                            limits.sharesASecond(),
                            stop,
                            loop,
                            Lease.DEFAULT);
            case Gripper gripper -> Guarded.gripper(gripper, stop);
            case Servo servo -> Guarded.servo(servo, stop);
            case Stepper stepper -> Guarded.stepper(stepper, stop);
            case Relay relay -> Guarded.relay(relay, stop);
            default -> part;
        };
    }

    private static Guardian guardian(BoardProfile profile) {
        try {
            return Guardian.start(SafeStates.of(profile));
        } catch (IOException e) {
            throw new UncheckedIOException("the guardian cannot be started", e);
        }
    }

    private static void stopUnguarded(Guardian guardian, EmergencyStop stop) {
        if (!guardian.watching() && !stop.engaged()) {
            stop.engage("safety loop", "the guardian process is gone");
        }
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
