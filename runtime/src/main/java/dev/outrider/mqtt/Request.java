package dev.outrider.mqtt;

import dev.outrider.model.Command;
import dev.outrider.model.CommandId;
import dev.outrider.model.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a message asks of the robot. */
sealed interface Request {

    /** To carry out a command within that time. */
    record Do(Command command, Duration timeAllowed) implements Request {}

    /** To cancel a command. */
    record Cancel(CommandId id, String client) implements Request {}

    /** To carry out a plan that was read back, or not. */
    record Reply(CommandId id, boolean yes, String client) implements Request {}

    /** To forget a command's answer, because the client has it. */
    record Acknowledge(CommandId id, String client) implements Request {}

    /** Nothing that can be done. */
    record Unreadable(@Nullable CommandId id, String client, Problem problem) implements Request {}
}
