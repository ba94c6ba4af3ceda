package dev.outrider.hal.motion;

import dev.outrider.hal.Timebase;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.EmergencyStopEngagedException;
import dev.outrider.hal.part.Pose;
import dev.outrider.hal.part.RangeSensor;
import dev.outrider.hal.safety.EmergencyStop;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Runs a maneuver: look, decide, command, wait a period, until one of the ends is reached. */
final class ControlLoop {

    static final Duration PERIOD = Duration.ofMillis(20);

    private static final double SECONDS = PERIOD.toNanos() / 1e9;
    private static final int PATIENCE_FACTOR = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_BRAKING = Duration.ofSeconds(3);
    private static final double STANDING_METERS = 1e-5;

    private final DriveBase drive;
    private final RangeSensor front;
    private final double clearance;
    private final EmergencyStop stop;
    private final Timebase time;

    ControlLoop(
            DriveBase drive,
            RangeSensor front,
            double clearance,
            EmergencyStop stop,
            Timebase time) {
        this.drive = drive;
        this.front = front;
        this.clearance = clearance;
        this.stop = stop;
        this.time = time;
    }

    MotionResult run(Maneuver maneuver, MotionWatch watch) {
        try {
            return loop(maneuver, watch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            drive.rest();
            return new MotionResult.Cancelled(drive.pose());
        } catch (EmergencyStopEngagedException e) {
            return interrupted().orElseThrow(() -> e);
        } finally {
            drive.rest();
        }
    }

    private MotionResult loop(Maneuver maneuver, MotionWatch watch) throws InterruptedException {
        long start = time.nanos();
        long limit = maneuver.expected().multipliedBy(PATIENCE_FACTOR).plus(PATIENCE).toNanos();
        var stall = new StallCheck(drive.pose(), start);
        while (true) {
            maneuver.observe(drive.pose());
            Optional<MotionResult> end = ended(maneuver, watch, stall, start, limit);
            if (end.isPresent()) {
                return end.get();
            }
            Maneuver.Twist twist = maneuver.next(room(maneuver), SECONDS);
            drive.velocity(twist.metersPerSecond(), twist.degreesPerSecond());
            watch.progress(maneuver.fraction());
            time.sleep(PERIOD);
        }
    }

    private Optional<MotionResult> ended(
            Maneuver maneuver, MotionWatch watch, StallCheck stall, long start, long limit)
            throws InterruptedException {
        Optional<MotionResult> interrupted = interrupted();
        if (interrupted.isPresent()) {
            return interrupted;
        }
        if (watch.cancelled()) {
            return Optional.of(new MotionResult.Cancelled(brake()));
        }
        if (maneuver.done() && arrived(maneuver)) {
            watch.progress(1);
            return Optional.of(new MotionResult.Completed(drive.pose()));
        }
        return blocked(maneuver, stall).or(() -> timedOut(start, limit));
    }

    /** Stops, and looks where it came to stand: a sluggish drive may have rolled too far. */
    private boolean arrived(Maneuver maneuver) throws InterruptedException {
        maneuver.observe(brake());
        return maneuver.arrived();
    }

    private Optional<MotionResult> blocked(Maneuver maneuver, StallCheck stall) {
        OptionalDouble ahead = maneuver.forward() ? front.meters() : OptionalDouble.empty();
        if (ahead.isPresent() && ahead.getAsDouble() <= clearance) {
            return blocked(String.format(Locale.ROOT, "obstacle at %.2f m", ahead.getAsDouble()));
        }
        if (stall.stalled(drive.pose(), time.nanos())) {
            return blocked(
                    "told to move but standing still for %d s: it hit something or a wheel is stuck"
                            .formatted(StallCheck.PATIENCE.toSeconds()));
        }
        return Optional.empty();
    }

    private Optional<MotionResult> blocked(String reason) {
        drive.rest();
        return Optional.of(new MotionResult.Blocked(drive.pose(), reason));
    }

    private Optional<MotionResult> timedOut(long start, long limit) {
        long elapsed = time.nanos() - start;
        if (elapsed <= limit) {
            return Optional.empty();
        }
        drive.rest();
        return Optional.of(new MotionResult.TimedOut(drive.pose(), Duration.ofNanos(elapsed)));
    }

    private Optional<MotionResult> interrupted() {
        return stop.engagement()
                .map(engagement -> new MotionResult.Interrupted(drive.pose(), engagement));
    }

    private double room(Maneuver maneuver) {
        return maneuver.forward()
                ? front.meters().orElse(Double.MAX_VALUE) - clearance
                : Double.MAX_VALUE;
    }

    /** Slows down as fast as the limits allow, then holds the brake; returns where it stands. */
    private Pose brake() throws InterruptedException {
        long start = time.nanos();
        Pose before;
        Pose now = drive.pose();
        do {
            before = now;
            drive.velocity(0, 0);
            time.sleep(PERIOD);
            now = drive.pose();
        } while (!standing(before, now) && time.nanos() - start < LONGEST_BRAKING.toNanos());
        drive.rest();
        return drive.pose();
    }

    private static boolean standing(Pose before, Pose now) {
        return before.point().distanceTo(now.point()) < STANDING_METERS
                && Math.abs(before.heading() - now.heading()) < STANDING_METERS;
    }

    MotionResult hold(Duration duration, MotionWatch watch) {
        long start = time.nanos();
        try {
            while (true) {
                Optional<MotionResult> interrupted = interrupted();
                if (interrupted.isPresent()) {
                    return interrupted.get();
                }
                if (watch.cancelled()) {
                    return new MotionResult.Cancelled(drive.pose());
                }
                long left = duration.toNanos() - (time.nanos() - start);
                if (left <= 0) {
                    watch.progress(1);
                    return new MotionResult.Completed(drive.pose());
                }
                watch.progress(1 - (double) left / duration.toNanos());
                time.sleep(Duration.ofNanos(Math.min(left, PERIOD.toNanos())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new MotionResult.Cancelled(drive.pose());
        }
    }
}
