package dev.outrider.kernel;

import dev.outrider.model.Action;
import dev.outrider.model.ActionResult;
import dev.outrider.model.Answer;
import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.Condition;
import dev.outrider.model.Decision;
import dev.outrider.model.Degradation;
import dev.outrider.model.Instruction;
import dev.outrider.model.Outcome;
import dev.outrider.model.Plan;
import dev.outrider.model.RoutingPolicy;
import dev.outrider.model.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Commands and answers to test with. */
public final class Commands {

    public static final Action DRIVE =
            new Action("drive", Map.of("distance", new Value.Quantity(2)));
    public static final Action DOCK =
            new Action("dock", Map.of(), new Condition.BatteryBelow(30.5));
    public static final Decision DECISION =
            new Decision(
                    "local",
                    "scout",
                    "cloud is not configured",
                    List.of(Degradation.NO_CLOUD),
                    Instant.parse("2026-01-02T03:04:05Z"));

    private Commands() {}

    public static Command words(String id, String client, String text) {
        return new Command(
                new CommandId(id),
                client,
                new Instruction.Words(text),
                RoutingPolicy.PREFER_ON_DEVICE,
                false);
    }

    public static Command steps(String id, String client, Action... actions) {
        return new Command(
                new CommandId(id),
                client,
                new Instruction.Steps(Plan.of(actions)),
                RoutingPolicy.ONLY_IN_CLOUD,
                true);
    }

    public static Answer done(Command command) {
        return new Answer(
                command.id(),
                new Outcome.Done(),
                Plan.of(DRIVE),
                List.of(new ActionResult(DRIVE, ActionResult.Kind.DONE, "")),
                DECISION);
    }
}
