package dev.outrider.hal.motion;

import dev.outrider.hal.part.Point;
import dev.outrider.hal.part.Pose;
import java.util.List;
import java.util.Optional;

/** Takes the robot to places: plans a way, then turns and drives along it, leg by leg. */
public final class Navigator {

    private static final double THERE_METERS = 0.005;

    private final Pilot pilot;
    private final PathPlanner planner;

    public Navigator(Pilot pilot, PathPlanner planner) {
        this.pilot = pilot;
        this.planner = planner;
    }

    /** Goes to the pose's point and turns to its heading. */
    public MotionResult goTo(Pose goal, MotionWatch watch) {
        Pose start = pilot.pose();
        Optional<List<Point>> path = planner.path(start.point(), goal.point());
        if (path.isEmpty()) {
            return new MotionResult.Blocked(
                    start, "no free way from %s to %s".formatted(start.point(), goal.point()));
        }
        MotionResult result = follow(path.get(), watch);
        return result instanceof MotionResult.Completed ? finish(goal, watch) : result;
    }

    private MotionResult finish(Pose goal, MotionWatch watch) {
        MotionResult result = pilot.face(goal.heading(), silent(watch));
        if (result instanceof MotionResult.Completed) {
            watch.progress(1);
        }
        return result;
    }

    private MotionResult follow(List<Point> path, MotionWatch watch) {
        double total = length(path);
        double done = 0;
        MotionResult result = new MotionResult.Completed(pilot.pose());
        for (Point next : path) {
            double leg = pilot.pose().point().distanceTo(next);
            if (leg < THERE_METERS) {
                continue;
            }
            result = leg(next, share(watch, done / total, leg / total));
            if (!(result instanceof MotionResult.Completed)) {
                return result;
            }
            done += leg;
        }
        return result;
    }

    private MotionResult leg(Point next, MotionWatch watch) {
        MotionResult turned = pilot.face(pilot.pose().point().bearingTo(next), silent(watch));
        return turned instanceof MotionResult.Completed ? pilot.driveTo(next, watch) : turned;
    }

    private double length(List<Point> path) {
        double total = 0;
        Point before = pilot.pose().point();
        for (Point next : path) {
            total += before.distanceTo(next);
            before = next;
        }
        return Math.max(total, THERE_METERS);
    }

    private static MotionWatch silent(MotionWatch watch) {
        return share(watch, 0, 0);
    }

    /** Passes on only this stretch of the whole; a stretch of nothing is not reported. */
    private static MotionWatch share(MotionWatch watch, double from, double share) {
        return new MotionWatch() {
            @Override
            public void progress(double fraction) {
                if (share > 0) {
                    watch.progress(Math.min(1, from + share * fraction));
                }
            }

            @Override
            public boolean cancelled() {
                return watch.cancelled();
            }
        };
    }
}
