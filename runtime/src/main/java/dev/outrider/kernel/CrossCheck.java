package dev.outrider.kernel;

import dev.outrider.kernel.Reasoner.Question;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.model.Decision.Accord;
import dev.outrider.model.Plan;
import dev.outrider.model.Rung;
import org.jspecify.annotations.Nullable;

/** A second reading of the words, beside that of the rung which decides. Safe on any thread. */
public interface CrossCheck {

    /** Takes every rung by its word. */
    CrossCheck NONE = (question, rung, thought) -> new Opinion.Settled(thought, null);

    /**
     * What is to be made of a rung's thought.
     *
     * @param thought with the whole plan, what was decided before included
     */
    Opinion weigh(Question question, Rung rung, Thought thought);

    /** What two readings come to. */
    sealed interface Opinion {

        /** The thought stands. */
        record Settled(Thought thought, @Nullable Accord accord) implements Opinion {}

        /**
         * The plan may be what was meant; whoever sent the words must say.
         *
         * @param readBack the plan in the sender's language, as a question
         */
        record Unsure(Plan plan, String readBack, Accord accord) implements Opinion {}
    }
}
