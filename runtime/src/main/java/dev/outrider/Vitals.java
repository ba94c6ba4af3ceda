package dev.outrider;

import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.Body;
import dev.outrider.kernel.Telemetry;
import dev.outrider.model.BodyState;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Telemetry of pose and battery: the pose at most once a second and only when it changed, the
 * battery once a minute and when a whole per cent is gone. Runs on the thread {@code vitals}.
 */
final class Vitals implements AutoCloseable {

    private static final long BATTERY_SECONDS = 60;

    private final Body body;
    private final Telemetry telemetry;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("vitals").factory());
    private BodyState.@Nullable Pose lastPose;
    private long lastPercent = -1;
    private long ticks;

    @SuppressWarnings("FutureReturnValueIgnored") // measure() reports its own failures
    Vitals(Body body, Telemetry telemetry) {
        this.body = body;
        this.telemetry = telemetry;
        timer.scheduleAtFixedRate(this::measure, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void measure() {
        try {
            BodyState state = body.state();
            pose(state.pose());
            battery(state.battery());
        } catch (RuntimeException e) {
            System.getLogger(Vitals.class.getName())
                    .log(System.Logger.Level.WARNING, "telemetry is missing: {0}", e.toString());
        }
    }

    private void pose(BodyState.Pose pose) {
        if (!pose.equals(lastPose)) {
            lastPose = pose;
            telemetry.append(
                    "pose",
                    PlanJson.MAPPER
                            .createObjectNode()
                            .put("x", pose.x())
                            .put("y", pose.y())
                            .put("heading", pose.heading())
                            .toString());
        }
    }

    private void battery(BodyState.Battery battery) {
        if (battery.charge().isEmpty()) {
            return;
        }
        double charge = battery.charge().getAsDouble();
        long percent = Math.round(charge * 100);
        if (percent != lastPercent || ticks % BATTERY_SECONDS == 0) {
            lastPercent = percent;
            telemetry.append(
                    "battery",
                    PlanJson.MAPPER
                            .createObjectNode()
                            .put("charge", charge)
                            .put("external", battery.external())
                            .toString());
        }
        ticks++;
    }
}
