package dev.outrider.kernel;

import dev.outrider.model.Action;
import dev.outrider.model.BodyState;
import dev.outrider.model.Capability;
import dev.outrider.model.Place;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Readiness;
import dev.outrider.model.Rung;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One rung of the ladder: words in, a plan out. */
public interface Reasoner {

    Rung rung();

    /** The model's or rule set's name. */
    String model();

    /** Whether it is there at all; its breaker is the ladder's business. */
    Readiness readiness();

    /**
     * Reads an instruction, on the caller's thread.
     *
     * @param decided told each complete action as soon as it is decided
     * @param cancellation polled between tokens; the call returns or throws soon after
     * @throws ReasoningFailure if it broke, or its answer could not be read
     */
    Thought think(Question question, Consumer<Action> decided, Cancellation cancellation);

    /**
     * What is to be read.
     *
     * @param text the sender's words
     * @param already actions that a rung decided before it broke; the thought goes on after them
     * @param objection why the last thought was not accepted; empty at first
     * @param timeLeft for this thought
     */
    record Question(
            String text,
            List<Capability> capabilities,
            List<Place> places,
            BodyState state,
            List<Action> already,
            String objection,
            Duration timeLeft) {
        public Question {
            capabilities = List.copyOf(capabilities);
            places = List.copyOf(places);
            already = List.copyOf(already);
        }

        /** What is left of it after these actions were decided too. */
        public Question after(List<Action> decided, Duration newTimeLeft) {
            List<Action> all = new ArrayList<>(already);
            all.addAll(decided);
            return new Question(text, capabilities, places, state, all, objection, newTimeLeft);
        }
    }

    /** What a reasoner made of a question. */
    sealed interface Thought {

        /**
         * A plan, without the actions that were already decided.
         *
         * @param sure 0 to 1: how sure it is of it; {@code NaN} if it cannot tell
         */
        record Planned(Plan plan, double sure) implements Thought {

            /** A plan of whose sureness nothing is known. */
            public Planned(Plan plan) {
                this(plan, Double.NaN);
            }
        }

        /** Something is missing or unclear. */
        record Asks(String question) implements Thought {}

        /** It cannot or must not be done. */
        record Declines(Problem problem) implements Thought {}
    }
}
