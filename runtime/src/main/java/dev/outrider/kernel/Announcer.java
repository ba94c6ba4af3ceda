package dev.outrider.kernel;

import dev.outrider.model.Answer;
import dev.outrider.model.CommandId;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import java.util.List;

/** Tells clients how their commands fare, as far as they can be reached; nothing waits for it. */
public interface Announcer {

    /** Tells all of these, one after the other. */
    static Announcer all(List<Announcer> announcers) {
        return new AllAnnouncers(announcers);
    }

    /** A command is stored and will be answered. */
    void accepted(String client, CommandId id);

    /**
     * The robot is not sure of a plan and waits for a yes.
     *
     * @param question the plan in the sender's language
     */
    void question(String client, CommandId id, String question, Plan plan);

    /** A plan passed the gate and is carried out from now on. */
    void begins(String client, CommandId id, Plan plan);

    /** An answer is stored, and on its way to the client. */
    void answered(String client, Answer answer);

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
