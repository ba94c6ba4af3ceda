package dev.outrider.kernel;

import dev.outrider.model.Decision;
import dev.outrider.model.Degradation;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Readiness;
import dev.outrider.model.Route;
import dev.outrider.model.Rung;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Climbs down from rung to rung until one gives a plan that passes the gate. A rung that breaks in
 * the middle hands on the actions it had completed; one whose plan cannot be read or is refused
 * gets one chance to mend it. Runs on the caller's thread, safe on any.
 */
public final class Ladder {

    /** The share of a command's time that models may use up; the rest is for acting. */
    private static final double REASONING_SHARE = 0.8;

    private final SafetyGate gate;
    private final Body body;
    private final Supplier<List<Degradation>> standing;
    private final Map<Rung, RungGuard> guards = new EnumMap<>(Rung.class);
    private final CloudContact contact;
    private final CrossCheck check;

    /**
     * @param reasoners one a rung, with how it is guarded; the reflex rung is among them
     * @param standing what is degraded for as long as this process runs
     * @param check the second reader
     */
    public Ladder(
            Map<Reasoner, RungConfig> reasoners,
            SafetyGate gate,
            Body body,
            Clock clock,
            Supplier<List<Degradation>> standing,
            CrossCheck check) {
        this.gate = gate;
        this.check = check;
        this.body = body;
        this.contact = new CloudContact(clock);
        this.standing = standing;
        reasoners.forEach((r, config) -> guards.put(r.rung(), new RungGuard(r, config)));
        if (!guards.containsKey(Rung.REFLEX)) {
            throw new IllegalArgumentException("a ladder stands on the reflex rung");
        }
    }

    /** A ladder that takes every rung by its word. */
    public Ladder(
            Map<Reasoner, RungConfig> reasoners,
            SafetyGate gate,
            Body body,
            Clock clock,
            Supplier<List<Degradation>> standing) {
        this(reasoners, gate, body, clock, standing, CrossCheck.NONE);
    }

    /** What became of an instruction. */
    public sealed interface Ruling {

        /** A plan that passed the gate. */
        record Accepted(Plan plan, Decision decision) implements Ruling {}

        /**
         * A plan that passed the gate, and that nobody is sure of.
         *
         * @param question the plan in the sender's language
         */
        record Unsure(Plan plan, String question, Decision decision) implements Ruling {}

        /**
         * No plan may be carried out.
         *
         * @param plan what was understood; empty if nothing was
         */
        record Refused(Problem problem, Plan plan, Decision decision) implements Ruling {}
    }

    /** Whether each rung can answer now. */
    public Map<Rung, Readiness> readiness() {
        Map<Rung, Readiness> readiness = new EnumMap<>(Rung.class);
        guards.forEach((rung, guard) -> readiness.put(rung, guard.readiness()));
        return readiness;
    }

    /** What is degraded for as long as this process runs. */
    public List<Degradation> standing() {
        return standing.get();
    }

    /** What each rung answers with. */
    public Map<Rung, String> models() {
        Map<Rung, String> models = new EnumMap<>(Rung.class);
        guards.forEach((rung, guard) -> models.put(rung, guard.reasoner().model()));
        return models;
    }

    /**
     * Reads the words of a command over the route's rungs, until its deadline.
     *
     * @throws java.util.concurrent.CancellationException if the cancellation was requested
     */
    public Ruling decide(String words, Route route, Deadline deadline, Cancellation cancellation) {
        Climb climb =
                new Climb(words, route, degraded(route), gate, body, contact, check, cancellation);
        for (int i = 0; i < route.rungs().size(); i++) {
            RungGuard guard = guards.get(route.rungs().get(i));
            if (guard != null) {
                Duration share = share(deadline, route.rungs().size() - 1 - i);
                @Nullable Ruling ruling = climb.ask(guard, share, "");
                if (ruling != null) {
                    return ruling;
                }
            }
        }
        return climb.exhausted();
    }

    /** The decision of a plan that came with its command. */
    public Decision given(Route route) {
        return new Decision(
                Decision.CONTROLLER,
                "",
                "the plan came with the command",
                degraded(route),
                contact.last());
    }

    /** When the cloud last answered, or null. */
    public @Nullable Instant cloudLastReached() {
        return contact.last();
    }

    private List<Degradation> degraded(Route route) {
        List<Degradation> all = new ArrayList<>(route.degraded());
        standing.get().stream().filter(d -> !all.contains(d)).forEach(all::add);
        return all;
    }

    private static Duration share(Deadline deadline, int lighterRungs) {
        double left = Math.max(0, deadline.timeLeft().toNanos());
        double share = lighterRungs == 0 ? left : left * REASONING_SHARE / lighterRungs;
        return Duration.ofNanos((long) share);
    }
}
