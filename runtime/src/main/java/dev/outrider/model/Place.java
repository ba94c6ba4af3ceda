package dev.outrider.model;

import java.util.List;

/**
 * A named place the robot can go to.
 *
 * @param name as announced and used in plans
 * @param aliases other names people use, in any language
 */
public record Place(String name, List<String> aliases) {
    public Place {
        aliases = List.copyOf(aliases);
    }
}
