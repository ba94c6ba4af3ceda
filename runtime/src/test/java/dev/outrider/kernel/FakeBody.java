package dev.outrider.kernel;

import dev.outrider.model.Action;
import dev.outrider.model.BodyState;
import dev.outrider.model.Capability;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Observation;
import dev.outrider.model.Parameter;
import dev.outrider.model.Place;
import dev.outrider.model.Problem;
import dev.outrider.model.Requirement;
import dev.outrider.model.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A body that does everything at once, or holds an action until it is told to go on; it can look
 * once there is something to see.
 */
public final class FakeBody implements Body {

    private static final Set<Requirement> RELEASED = Set.of(Requirement.ESTOP_RELEASED);

    private static final List<Capability> ALWAYS =
            List.of(
                    new Capability(
                            "drive",
                            "drives straight",
                            Map.of("distance", new Parameter.Range(Unit.METER, -10, 10)),
                            RELEASED),
                    new Capability(
                            "turn",
                            "turns on the spot",
                            Map.of("angle", new Parameter.Range(Unit.DEGREE, -360, 360)),
                            RELEASED),
                    new Capability(
                            "goto",
                            "goes to a place",
                            Map.of("place", new Parameter.Choice(List.of("dock", "kitchen"))),
                            RELEASED),
                    new Capability(
                            "say", "speaks", Map.of("text", new Parameter.FreeText(20)), Set.of()),
                    new Capability("stop", "stops", Map.of(), Set.of()));

    private static final Capability LOOK =
            new Capability("look", "looks", Map.of(), Set.of(), List.of(), true);

    public final List<Action> performed = Collections.synchronizedList(new ArrayList<>());
    public volatile boolean emergencyStop;
    public volatile double charge = 0.9;
    public volatile @Nullable Observation sees;
    public volatile CountDownLatch holding = new CountDownLatch(0);
    public volatile CountDownLatch entered = new CountDownLatch(1);
    public final AtomicInteger rested = new AtomicInteger();

    @Override
    public List<Capability> capabilities() {
        return sees == null ? ALWAYS : Stream.concat(ALWAYS.stream(), Stream.of(LOOK)).toList();
    }

    @Override
    public List<Place> places() {
        return List.of(new Place("dock", List.of("base")), new Place("kitchen", List.of("cocina")));
    }

    @Override
    public BodyState state() {
        return new BodyState(
                new BodyState.Pose(0, 0, 0),
                new BodyState.Battery(OptionalDouble.of(charge), false),
                emergencyStop);
    }

    @Override
    public Performed perform(Action action, DoubleConsumer progress, Cancellation cancellation) {
        entered.countDown();
        CountDownLatch released = new CountDownLatch(1);
        cancellation.onRequest(released::countDown);
        while (holding.getCount() > 0 && released.getCount() > 0 && !emergencyStop) {
            Thread.onSpinWait();
        }
        if (emergencyStop) {
            return new Performed.Interrupted(
                    new Problem(ErrorCode.ESTOP_ENGAGED, "the emergency stop was engaged"));
        }
        if (cancellation.requested()) {
            return new Performed.Interrupted(new Problem(ErrorCode.INTERNAL, "interrupted"));
        }
        performed.add(action);
        progress.accept(0.5);
        return action.verb().equals("look")
                ? new Performed.Completed(sees)
                : new Performed.Completed();
    }

    @Override
    public void rest() {
        rested.incrementAndGet();
    }

    @Override
    public void engageEmergencyStop(String by) {
        emergencyStop = true;
    }

    @Override
    public Release releaseEmergencyStop(String by) {
        emergencyStop = false;
        return new Release.Released();
    }
}
