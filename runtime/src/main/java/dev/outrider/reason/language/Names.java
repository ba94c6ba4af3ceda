package dev.outrider.reason.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What places, colours, things and settings are called in both languages: {@code names.txt}. */
final class Names {

    private static final List<List<String>> GROUPS = new ArrayList<>();
    private static final Map<String, List<Integer>> GROUPS_OF = new HashMap<>();
    private static final Set<String> WORDS = new HashSet<>();
    private static final Set<String> COLORS = new HashSet<>();

    static {
        boolean colors = false;
        for (String line : Words.lines("names.txt")) {
            List<String> group = List.of(Token.plain(line).strip().split("\\s*,\\s*", -1));
            colors |= group.getFirst().equals("red");
            colors &= !group.getFirst().equals("lullaby");
            for (String name : group) {
                List<Integer> of = GROUPS_OF.computeIfAbsent(name, n -> new ArrayList<>());
                if (!of.contains(GROUPS.size())) {
                    of.add(GROUPS.size());
                }
                WORDS.addAll(List.of(name.split("[ ']+", -1)));
                if (colors) {
                    COLORS.add(name);
                }
            }
            GROUPS.add(group);
        }
    }

    private Names() {}

    /** Every word that is part of a name. */
    static Set<String> words() {
        return WORDS;
    }

    /** Whether a plain word is a colour's name, or on or off. */
    static boolean isColor(String plain) {
        return COLORS.contains(plain);
    }

    /** Whether somebody could mean a place, a colour or a setting by it. */
    static boolean isName(String plain) {
        return GROUPS_OF.containsKey(plain);
    }

    /** What else a name is called, itself first; words in order, singular as listed. */
    static Set<String> synonyms(String plain) {
        Set<String> all = new LinkedHashSet<>();
        all.add(plain);
        for (int group : GROUPS_OF.getOrDefault(plain, List.of())) {
            boolean general = GROUPS.get(group).getFirst().equals("room");
            if (!general || plain.equals("room")) {
                all.addAll(GROUPS.get(group));
            }
        }
        if (all.size() == 1) {
            all.addAll(composed(plain));
        }
        return all;
    }

    /** "shelf a": "estante a"; "aisle 2": "pasillo 2". */
    private static Set<String> composed(String plain) {
        Set<String> all = new LinkedHashSet<>();
        int space = plain.lastIndexOf(' ');
        if (space < 0) {
            return all;
        }
        String head = plain.substring(0, space);
        String tail = plain.substring(space);
        if (tail.length() <= 4) {
            for (int group : GROUPS_OF.getOrDefault(head, List.of())) {
                GROUPS.get(group).forEach(n -> all.add(n + tail));
            }
        }
        return all;
    }
}
