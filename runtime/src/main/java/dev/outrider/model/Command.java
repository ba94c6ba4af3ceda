package dev.outrider.model;

/**
 * What a robot controller asks of the robot.
 *
 * @param id the idempotency key
 * @param client who is answered: the last level of the sender's response topic
 * @param instruction what is asked for
 * @param policy where it may be reasoned about
 * @param dryRun planned and gated, nothing moves
 */
public record Command(
        CommandId id,
        String client,
        Instruction instruction,
        RoutingPolicy policy,
        boolean dryRun) {

    /** Whether the other command asks for the same, whoever is answered. */
    public boolean sameContent(Command other) {
        return instruction.equals(other.instruction)
                && policy == other.policy
                && dryRun == other.dryRun;
    }
}
