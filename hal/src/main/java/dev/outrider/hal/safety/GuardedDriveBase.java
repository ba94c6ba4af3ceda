package dev.outrider.hal.safety;

import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.DriveLimits;
import dev.outrider.hal.part.Pose;
import java.time.Duration;
import java.util.Locale;

/**
 * A drive base under the emergency stop and a lease: it goes only while told to again and again.
 */
public final class GuardedDriveBase implements DriveBase {

    private final DriveBase drive;
    private final Guard guard;
    private final Lease lease;

    public GuardedDriveBase(DriveBase drive, EmergencyStop stop, SafetyLoop loop, Duration lease) {
        this.drive = drive;
        this.guard = new Guard(stop, drive);
        this.lease = loop.lease(drive, lease);
        stop.protect(drive);
    }

    @Override
    public String name() {
        return drive.name();
    }

    @Override
    public void velocity(double metersPerSecond, double degreesPerSecond) {
        guard.command(
                () ->
                        String.format(
                                Locale.ROOT,
                                "%.2f m/s, %.1f °/s",
                                metersPerSecond,
                                degreesPerSecond),
                () -> {
                    lease.refresh();
                    drive.velocity(metersPerSecond, degreesPerSecond);
                });
    }

    @Override
    public Pose pose() {
        return drive.pose();
    }

    @Override
    public DriveLimits limits() {
        return drive.limits();
    }

    @Override
    public void rest() {
        drive.rest();
    }
}
