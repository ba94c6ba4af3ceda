package dev.outrider.hal.board;

import dev.outrider.hal.map.Place;
import dev.outrider.hal.motion.PathPlanner;
import java.util.List;

/**
 * What a robot knows about where it is.
 *
 * @param places it can go to by name
 * @param planner knows the ways there
 * @param clearanceMeters kept between the hull and what is ahead
 */
public record BoardSurroundings(List<Place> places, PathPlanner planner, double clearanceMeters) {

    public BoardSurroundings {
        places = List.copyOf(places);
        if (!(clearanceMeters >= 0)) {
            throw new IllegalArgumentException(
                    "the clearance must be zero or more, not " + clearanceMeters);
        }
    }
}
