package dev.outrider.hal.board;

import dev.outrider.hal.Failures;
import dev.outrider.hal.Timebase;
import dev.outrider.hal.map.Place;
import dev.outrider.hal.motion.Navigator;
import dev.outrider.hal.motion.PathPlanner;
import dev.outrider.hal.motion.Pilot;
import dev.outrider.hal.part.DriveBase;
import dev.outrider.hal.part.Part;
import dev.outrider.hal.part.RangeSensor;
import dev.outrider.hal.safety.EmergencyStop;
import dev.outrider.hal.safety.SafetyLoop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One robot's parts with what keeps them safe. Its actuators are the guarded ones: nothing a board
 * hands out can move while the emergency stop is engaged. Closing it puts every part to rest and
 * stops the safety loop.
 */
public final class Board implements AutoCloseable {

    /**
     * What a robot knows about where it is.
     *
     * @param places it can go to by name
     * @param planner knows the ways there
     * @param clearanceMeters kept between the hull and what is ahead
     */
    public record Surroundings(List<Place> places, PathPlanner planner, double clearanceMeters) {

        public Surroundings {
            places = List.copyOf(places);
            if (!(clearanceMeters >= 0)) {
                throw new IllegalArgumentException(
                        "the clearance must be zero or more, not " + clearanceMeters);
            }
        }
    }

    private final String name;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Surroundings surroundings;
    private final EmergencyStop stop;
    private final SafetyLoop loop;
    private final Timebase time;

    /**
     * @param parts with names of their own; actuators already guarded
     * @param loop started by whoever made it, closed with the board
     */
    public Board(
            String name,
            List<? extends Part> parts,
            Surroundings surroundings,
            EmergencyStop stop,
            SafetyLoop loop,
            Timebase time) {
        this.name = name;
        this.surroundings = surroundings;
        this.stop = stop;
        this.loop = loop;
        this.time = time;
        for (Part part : parts) {
            if (this.parts.put(part.name(), part) != null) {
                throw new IllegalArgumentException("two parts are called " + part.name());
            }
        }
    }

    public String name() {
        return name;
    }

    public List<Part> parts() {
        return List.copyOf(parts.values());
    }

    /** The parts of a kind, in the board's order. */
    public <P extends Part> List<P> parts(Class<P> kind) {
        return parts.values().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The board's part of that kind, the first if there are several; empty if it has none. */
    public <P extends Part> Optional<P> find(Class<P> kind) {
        return parts(kind).stream().findFirst();
    }

    /**
     * The part with that name.
     *
     * @throws IllegalArgumentException if there is none, or it is of another kind
     */
    public <P extends Part> P part(String name, Class<P> kind) {
        Part part = parts.get(name);
        if (!kind.isInstance(part)) {
            throw new IllegalArgumentException(
                    "%s has no %s called %s; it has %s"
                            .formatted(this.name, kind.getSimpleName(), name, parts.keySet()));
        }
        return kind.cast(part);
    }

    /**
     * The part of that kind that a board cannot do without.
     *
     * @throws IllegalArgumentException if there is none
     */
    public <P extends Part> P part(Class<P> kind) {
        return find(kind)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "%s has no %s; it has %s"
                                        .formatted(name, kind.getSimpleName(), parts.keySet())));
    }

    public List<Place> places() {
        return surroundings.places();
    }

    /** The place that goes by that name, in any of its spellings. */
    public Optional<Place> place(String wanted) {
        return places().stream().filter(place -> place.named(wanted)).findFirst();
    }

    public EmergencyStop emergencyStop() {
        return stop;
    }

    public SafetyLoop safetyLoop() {
        return loop;
    }

    public Timebase time() {
        return time;
    }

    /** Drives and turns the board's drive base. */
    public Pilot pilot() {
        return new Pilot(
                part(DriveBase.class),
                part(RangeSensor.class),
                surroundings.clearanceMeters(),
                stop,
                time);
    }

    /** Takes the robot to places. */
    public Navigator navigator() {
        return new Navigator(pilot(), surroundings.planner());
    }

    /** Puts every part to rest, then stops the safety loop; tries all of it whatever fails. */
    @Override
    public void close() {
        var failures = new Failures();
        parts.values().forEach(part -> failures.attempt(part::rest));
        failures.attempt(loop::close);
        failures.rethrow();
    }
}
