package dev.outrider.kernel;

import dev.outrider.model.CommandId;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;

/** Tells clients how their commands fare, as far as they can be reached; nothing waits for it. */
public interface Announcer {

    /** A command is stored and will be answered. */
    void accepted(String client, CommandId id);

    /**
     * The robot is not sure of a plan and waits for a yes.
     *
     * @param question the plan in the sender's language
     */
    void question(String client, CommandId id, String question, Plan plan);

    /**
     * An action moves on.
     *
     * @param action its index in the plan
     * @param of the number of actions in the plan
     * @param fraction 0 to 1
     */
    void progress(String client, CommandId id, int action, int of, String verb, double fraction);

    /** A request was refused and leaves no trace in the journal. */
    void refused(String client, CommandId id, Problem problem);

    /** The robot's state changed in a way that should be seen at once. */
    void stateChanged();
}
