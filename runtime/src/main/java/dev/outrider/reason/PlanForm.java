package dev.outrider.reason;

import dev.outrider.kernel.Reasoner.Question;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.kernel.ReasoningFailure;
import dev.outrider.model.Action;
import java.util.function.Consumer;

/** How a local model is asked for a plan, and how it writes one. */
interface PlanForm {

    /** A text to be completed; it ends where the plan goes on. */
    String prompt(Question question);

    /** The GBNF grammar of all it may say. */
    String grammar(Question question);

    /** Reads one plan. */
    Reader reader(Question question, Consumer<Action> decided);

    /** Reads a plan while it is written. For one thread. */
    interface Reader {

        /**
         * Takes the next piece of text.
         *
         * @throws ReasoningFailure if it is no plan
         */
        void feed(String piece);

        /** Whether nothing more is needed. */
        boolean complete();

        /**
         * What the model made of it, once it has ended.
         *
         * @throws ReasoningFailure if it is no plan
         */
        Thought thought();
    }

    /** JSON, after some examples: for models that were not trained for this. */
    static PlanForm examples() {
        return new ExamplesForm();
    }

    /** The terse form that Scout was trained for. */
    static PlanForm scout() {
        return new ScoutForm();
    }
}
