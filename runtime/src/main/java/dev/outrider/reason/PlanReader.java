package dev.outrider.reason;

import dev.outrider.codec.MalformedJson;
import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.kernel.ReasoningFailure;
import dev.outrider.model.Action;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a plan while a model is still writing it: the first JSON array in the text, whatever stands
 * around it. Each action is handed on at its closing brace. For one thread.
 */
final class PlanReader implements PlanForm.Reader {

    /** A model that writes more than this is not writing a plan. */
    private static final int MAX_CHARACTERS = 64 * 1024;

    private final Consumer<Action> decided;
    private final List<Action> actions = new ArrayList<>();
    private final StringBuilder object = new StringBuilder();
    private int seen;
    private int depth;
    private boolean open;
    private boolean closed;
    private boolean inString;
    private boolean escaped;

    PlanReader(Consumer<Action> decided) {
        this.decided = decided;
    }

    /**
     * Takes the next piece of text.
     *
     * @throws ReasoningFailure if it is no plan
     */
    @Override
    public void feed(String piece) {
        seen += piece.length();
        if (seen > MAX_CHARACTERS) {
            throw ReasoningFailure.unreadable(
                    "it wrote more than " + MAX_CHARACTERS + " characters");
        }
        for (int i = 0; i < piece.length() && !closed; i++) {
            take(piece.charAt(i));
        }
    }

    /** Whether the array is complete and nothing more is needed. */
    @Override
    public boolean complete() {
        return closed;
    }

    /**
     * What the model made of it.
     *
     * @throws ReasoningFailure if the array was not completed or is empty
     */
    @Override
    public Thought thought() {
        if (!closed) {
            throw ReasoningFailure.unreadable(
                    open ? "its plan breaks off" : "it wrote no plan, a JSON array of actions");
        }
        for (Action action : actions) {
            switch (action.verb()) {
                case "ask" -> {
                    return new Thought.Asks(text(action, "question", "what do you mean?"));
                }
                case "refuse" -> {
                    return new Thought.Declines(
                            new Problem(
                                    ErrorCode.NOT_UNDERSTOOD,
                                    text(action, "reason", "the model refused")));
                }
                default -> {}
            }
        }
        return new Thought.Planned(new Plan(actions));
    }

    private void take(char c) {
        if (!open) {
            open = c == '[';
            return;
        }
        if (depth == 0 && !inString) {
            between(c);
            return;
        }
        object.append(c);
        if (inString) {
            inString(c);
        } else {
            inObject(c);
        }
    }

    private void between(char c) {
        switch (c) {
            case '{' -> {
                depth = 1;
                object.setLength(0);
                object.append(c);
            }
            case ']' -> closed = true;
            case ',', ' ', '\n', '\r', '\t' -> {}
            default ->
                    throw ReasoningFailure.unreadable("its plan holds something that is no action");
        }
    }

    private void inString(char c) {
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '"') {
            inString = false;
        }
    }

    private void inObject(char c) {
        switch (c) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                depth--;
                if (depth == 0) {
                    finish();
                }
            }
            default -> {}
        }
    }

    private void finish() {
        try {
            Action action = PlanJson.action(object.toString());
            actions.add(action);
            if (!action.verb().equals("ask") && !action.verb().equals("refuse")) {
                decided.accept(action);
            }
        } catch (MalformedJson e) {
            throw ReasoningFailure.unreadable("an action cannot be read: " + e.getMessage());
        }
    }

    private static String text(Action action, String parameter, String otherwise) {
        return action.arguments().get(parameter) instanceof Value.Text(String text)
                        && !text.isBlank()
                ? text
                : otherwise;
    }
}
