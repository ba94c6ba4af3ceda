package dev.outrider.hal.map;

import dev.outrider.hal.part.Point;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A floor: where it ends, what stands on it, and what its places are called. Metres throughout.
 *
 * @param bounds the floor; its edges are walls
 * @param walls thin walls inside it
 * @param boxes solid things on it
 * @param places named spots
 */
public record FloorPlan(Box bounds, List<Wall> walls, List<Box> boxes, List<Place> places) {

    /** The place the robot charges at. */
    public static final String DOCK = "dock";

    public FloorPlan {
        walls = List.copyOf(walls);
        boxes = List.copyOf(boxes);
        places = List.copyOf(places);
    }

    /** The same floor with one more thing standing on it. */
    public FloorPlan with(Box box) {
        return new FloorPlan(
                bounds, walls, Stream.concat(boxes.stream(), Stream.of(box)).toList(), places);
    }

    /** The place that goes by that name. */
    public Optional<Place> place(String name) {
        return places.stream().filter(place -> place.named(name)).findFirst();
    }

    /** Metres from the point to the nearest solid thing; zero inside one and outside the floor. */
    public double clearance(Point point) {
        if (!bounds.contains(point) || boxes.stream().anyMatch(box -> box.contains(point))) {
            return 0;
        }
        return solids().mapToDouble(wall -> wall.distanceTo(point)).min().orElseThrow();
    }

    /** Metres to the first solid thing in a direction given in degrees. */
    public OptionalDouble ray(Point from, double degrees) {
        return solids().map(wall -> wall.hit(from, degrees))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .min();
    }

    /** Whether a disc of that radius can move along the straight line without touching anything. */
    public boolean free(Point from, Point to, double radius) {
        double length = from.distanceTo(to);
        double bearing = from.bearingTo(to);
        double along = 0;
        while (along < length) {
            double room = clearance(from.moved(along, bearing)) - radius;
            if (room < 0) {
                return false;
            }
            along += Math.max(room, 0.01);
        }
        return clearance(to) >= radius;
    }

    private Stream<Wall> solids() {
        return Stream.concat(
                Stream.concat(bounds.sides().stream(), walls.stream()),
                boxes.stream().flatMap(box -> box.sides().stream()));
    }
}
