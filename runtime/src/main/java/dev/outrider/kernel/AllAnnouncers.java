package dev.outrider.kernel;

import dev.outrider.model.Answer;
import dev.outrider.model.CommandId;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import java.util.List;

/** Tells everybody who wants to know. */
record AllAnnouncers(List<Announcer> all) implements Announcer {

    AllAnnouncers {
        all = List.copyOf(all);
    }

    @Override
    public void accepted(String client, CommandId id) {
        all.forEach(a -> a.accepted(client, id));
    }

    @Override
    public void question(String client, CommandId id, String question, Plan plan) {
        all.forEach(a -> a.question(client, id, question, plan));
    }

    @Override
    public void begins(String client, CommandId id, Plan plan) {
        all.forEach(a -> a.begins(client, id, plan));
    }

    @Override
    public void answered(String client, Answer answer) {
        all.forEach(a -> a.answered(client, answer));
    }

    @Override
    public void progress(
            String client, CommandId id, int action, int of, String verb, double fraction) {
        all.forEach(a -> a.progress(client, id, action, of, verb, fraction));
    }

    @Override
    public void refused(String client, CommandId id, Problem problem) {
        all.forEach(a -> a.refused(client, id, problem));
    }

    @Override
    public void stateChanged() {
        all.forEach(Announcer::stateChanged);
    }
}
