package dev.outrider.hal.safety;

import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.DriveLimits;
import dev.outrider.hal.part.Gripper;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.PartSheet;
import dev.outrider.hal.part.Pose;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A drive and gripper in one that writes down what it is told, and can be made to fail at rest. */
final class RecordingPart implements DriveBase, Gripper {

    final List<String> told = new CopyOnWriteArrayList<>();
    volatile boolean broken;
    volatile Runnable duringCommand = () -> {};

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public PartSheet sheet() {
        return DriveBase.super.sheet();
    }

    @Override
    public void velocity(double metersPerSecond, double degreesPerSecond) {
        duringCommand.run();
        told.add("move");
    }

    @Override
    public void grip() {
        duringCommand.run();
        told.add("grip");
    }

    @Override
    public void release() {
        told.add("release");
    }

    @Override
    public boolean closed() {
        return told.lastIndexOf("grip") > told.lastIndexOf("release");
    }

    @Override
    public Pose pose() {
        return Pose.ORIGIN;
    }

    @Override
    public DriveLimits limits() {
        return new DriveLimits(1, 1, 90, 90);
    }

    @Override
    public void rest() {
        told.add("rest");
        if (broken) {
            throw new PartException(name(), "rest", "unplugged");
        }
    }
}
