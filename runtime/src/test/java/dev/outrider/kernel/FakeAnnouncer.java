package dev.outrider.kernel;

import dev.outrider.model.Answer;
import dev.outrider.model.CommandId;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Remembers what clients were told. */
public final class FakeAnnouncer implements Announcer {

    public final List<String> told = Collections.synchronizedList(new ArrayList<>());
    public final List<String> begun = Collections.synchronizedList(new ArrayList<>());
    public final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void accepted(String client, CommandId id) {
        told.add(client + " accepted " + id);
    }

    @Override
    public void progress(
            String client, CommandId id, int action, int of, String verb, double fraction) {
        told.add(
                client + " progress " + id + " " + action + "/" + of + " " + verb + " " + fraction);
    }

    @Override
    public void begins(String client, CommandId id, Plan plan) {
        begun.add(client + " " + id + " " + plan.actions().size());
    }

    @Override
    public void answered(String client, Answer answer) {
        answers.add(answer);
    }

    @Override
    public void question(String client, CommandId id, String question, Plan plan) {
        told.add(client + " question " + id + " " + question);
    }

    @Override
    public void refused(String client, CommandId id, Problem problem) {
        told.add(client + " refused " + id + " " + problem.code().wireName());
    }

    @Override
    public void stateChanged() {}
}
