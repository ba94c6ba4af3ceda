package dev.outrider.hal.map;

import dev.outrider.hal.part.Point;
import java.util.List;

/** A solid rectangle with sides along the axes, from its lowest to its highest corner. */
public record Box(Point low, Point high) {

    public Box {
        if (!(low.x() < high.x()) || !(low.y() < high.y())) {
            throw new IllegalArgumentException(
                    "a box needs its low corner left of and below its high one, not %s and %s"
                            .formatted(low, high));
        }
    }

    public boolean contains(Point point) {
        return point.x() >= low.x()
                && point.x() <= high.x()
                && point.y() >= low.y()
                && point.y() <= high.y();
    }

    /** Its four sides. */
    public List<Wall> sides() {
        var lowRight = new Point(high.x(), low.y());
        var highLeft = new Point(low.x(), high.y());
        return List.of(
                new Wall(low, lowRight),
                new Wall(lowRight, high),
                new Wall(high, highLeft),
                new Wall(highLeft, low));
    }
}
