package dev.outrider.kernel;

import dev.outrider.model.Action;
import dev.outrider.model.BodyState;
import dev.outrider.model.Capability;
import dev.outrider.model.Observation;
import dev.outrider.model.Place;
import dev.outrider.model.Problem;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** The robot's actuators and sensors. */
public interface Body {

    /** What it can do. */
    List<Capability> capabilities();

    /** Where it can go. */
    List<Place> places();

    /** What it measures now; any thread. */
    BodyState state();

    /**
     * Carries out an action that passed the gate, on the caller's thread, and returns when it
     * ended. One thread at a time.
     *
     * @param progress told the fraction done, 0 to 1
     * @param cancellation polled at the control rate; the body is at rest when this returns
     */
    Performed perform(Action action, DoubleConsumer progress, Cancellation cancellation);

    /** Puts every actuator to rest; any thread, at once. */
    void rest();

    /** Engages the emergency stop; any thread, at once, and it stays engaged across restarts. */
    void engageEmergencyStop(String by);

    /** Releases the emergency stop, a deliberate act of somebody at the robot. */
    Release releaseEmergencyStop(String by);

    /** How an action ended. */
    sealed interface Performed {
        /**
         * It ended well.
         *
         * @param found what it found out, or null if it only did something
         */
        record Completed(@Nullable Observation found) implements Performed {
            public Completed() {
                this(null);
            }
        }

        record Interrupted(Problem problem) implements Performed {}

        record Failed(Problem problem) implements Performed {}
    }

    /** What became of a request to release the emergency stop. */
    sealed interface Release {
        record Released() implements Release {}

        record Refused(String reason) implements Release {}
    }
}
