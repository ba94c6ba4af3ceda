package dev.outrider.hal.map;

import dev.outrider.hal.part.Pose;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A spot with a name.
 *
 * @param name its one name, as it is announced
 * @param pose where the robot stands there and where it looks
 * @param aliases other names for it, in any language
 */
public record Place(String name, Pose pose, List<String> aliases) {

    public Place {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a place needs a name");
        }
        aliases = List.copyOf(aliases);
    }

    /** Whether it goes by that name; case, accents and outer blanks do not matter. */
    public boolean named(String wanted) {
        String plain = plain(wanted);
        return Stream.concat(Stream.of(name), aliases.stream())
                .anyMatch(known -> plain(known).equals(plain));
    }

    private static String plain(String name) {
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }
}
