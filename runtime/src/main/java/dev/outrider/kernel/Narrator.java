package dev.outrider.kernel;

import dev.outrider.model.Action;
import dev.outrider.model.ActionResult;
import dev.outrider.model.Instruction;
import java.util.List;

/** Puts what was found out into words. Safe on any thread. */
public interface Narrator {

    /** Says nothing. */
    Narrator SILENT =
            new Narrator() {
                @Override
                public String told(Instruction instruction, List<ActionResult> results) {
                    return "";
                }

                @Override
                public Action filled(
                        Action action, Instruction instruction, List<ActionResult> results) {
                    return action;
                }
            };

    /** What the actions found out, in the language of the instruction; empty if nothing. */
    String told(Instruction instruction, List<ActionResult> results);

    /**
     * The action with what was found out before it in the place of {@code {found}}, so that a plan
     * can say what nobody knew when it was made.
     */
    Action filled(Action action, Instruction instruction, List<ActionResult> results);
}
