package dev.outrider.reason.language;

import dev.outrider.model.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Mends typing slips: a word that nobody knows becomes the one known word that is nearest by the
 * optimal string alignment distance, one slip in four to seven letters, two from eight on.
 */
final class Speller {

    private static final int SHORTEST = 4;

    /** Words that are right as they are and mean nothing here; they only look like slips. */
    private static final Set<String> ORDINARY = Words.listed("ordinary.txt");

    private static final Map<Character, List<String>> STANDARD =
            byInitial(Lexicon.STANDARD.forms(), Numerals.words(), Names.words());

    private static final Map<String, String> STANDARD_BY_SOUND =
            bySound(Lexicon.STANDARD.forms(), Numerals.words(), Names.words());

    private final Set<String> names;
    private final Map<Character, List<String>> namesByInitial;
    private final Map<String, String> namesBySound;

    /**
     * @param names plain words of the robot's own, such as its verbs, places and colours
     */
    Speller(Collection<String> names) {
        this.names = Set.copyOf(names);
        this.namesByInitial = byInitial(this.names);
        this.namesBySound = bySound(this.names);
    }

    /** Whether the word is one of the robot's own names. */
    boolean names(String plain) {
        return names.contains(plain);
    }

    /** Whether the word needs no mending. */
    boolean knows(String plain) {
        return names.contains(plain)
                || ORDINARY.contains(plain)
                || Lexicon.STANDARD.knows(plain)
                || Names.words().contains(plain)
                || Numerals.unit(plain) != null
                || Numerals.words().contains(plain);
    }

    /** The word that was meant, or the same where none is near enough or two are as near. */
    String mended(String plain) {
        if (plain.length() < 3
                || plain.indexOf('_') >= 0
                || plain.indexOf('\'') >= 0
                || plain.chars().anyMatch(Character::isDigit)
                || knows(plain)) {
            return plain;
        }
        String shorter = plain.replaceAll("(.)\\1{2,}$", "$1").replaceAll("(.)\\1{2,}", "$1$1");
        if (shorter.length() > 2 && !shorter.equals(plain) && knows(shorter)) {
            return shorter;
        }
        @Nullable String swapped = plain.length() < SHORTEST ? null : swapped(plain);
        if (swapped != null) {
            return swapped;
        }
        String sound = sound(plain);
        @Nullable String heard = namesBySound.get(sound);
        if (heard == null) {
            heard = STANDARD_BY_SOUND.get(sound);
        }
        if (heard != null) {
            return heard;
        }
        for (String pronoun : List.of("lo", "la", "los", "las", "te", "me", "se")) {
            @Nullable String verb =
                    plain.length() > 5 && plain.endsWith(pronoun)
                            ? STANDARD_BY_SOUND.get(
                                    sound(plain.substring(0, plain.length() - pronoun.length())))
                            : null;
            if (verb != null
                    && Lexicon.STANDARD.senses(verb).stream()
                            .anyMatch(s ->
                                    s.language() == Language.ES && s.form() == Lexicon.Form.VERB)) {
                return verb + pronoun;
            }
        }
        if (plain.length() < SHORTEST) {
            return plain;
        }
        int most = plain.length() < 8 ? 1 : 2;
        @Nullable String name = nearest(plain, namesByInitial, most);
        if (name != null) {
            return name;
        }
        @Nullable String word = nearest(plain, STANDARD, most);
        return word == null ? plain : word;
    }

    /**
     * How a word sounds to a Spanish ear, so that what was spelled by ear is found: "koje", coge.
     */
    static String sound(String plain) {
        return plain.replaceAll("sh", "\u0001")
                .replaceAll("ch", "\u0002")
                .replace("h", "")
                .replace('\u0002', 'x')
                .replace('\u0001', 'x')
                .replace('v', 'b')
                .replaceAll("qu(?=[ei])", "k")
                .replaceAll("c(?=[ei])", "s")
                .replace('z', 's')
                .replace('c', 'k')
                .replace("ll", "y")
                .replaceAll("g(?=[ei])", "j")
                .replaceAll("gu(?=[ei])", "g")
                .replaceAll("(.)\\1", "$1");
    }

    @SafeVarargs
    private static Map<String, String> bySound(Collection<String>... words) {
        Map<String, String> bySound = new HashMap<>();
        for (Collection<String> some : words) {
            for (String word : some) {
                if (word.length() >= 3 && word.indexOf('\'') < 0) {
                    bySound.merge(sound(word), word, (a, b) -> a.length() <= b.length() ? a : b);
                }
            }
        }
        return bySound;
    }

    private static @Nullable String nearest(
            String plain, Map<Character, List<String>> vocabulary, int most) {
        List<String> best = new ArrayList<>();
        int least = most + 1;
        for (char initial : initials(plain)) {
            for (String candidate : vocabulary.getOrDefault(initial, List.of())) {
                if (Math.abs(candidate.length() - plain.length()) > Math.min(most, least)) {
                    continue;
                }
                int distance = distance(plain, candidate, Math.min(most, least));
                if (distance < least) {
                    least = distance;
                    best.clear();
                }
                if (distance == least && distance <= most) {
                    best.add(candidate);
                }
            }
        }
        return best.isEmpty() ? null : preferred(plain, best);
    }

    /**
     * Among equally near words, one that keeps the letters and their number, if it stands alone.
     */
    private static @Nullable String preferred(String plain, List<String> best) {
        @Nullable String chosen = null;
        int highest = -1;
        boolean tied = false;
        for (String candidate : best) {
            int rank = rank(plain, candidate);
            if (rank > highest) {
                highest = rank;
                chosen = candidate;
                tied = false;
            } else if (rank == highest && chosen != null && !akin(chosen, candidate)) {
                tied = true;
            }
        }
        return tied ? null : chosen;
    }

    private static int rank(String plain, String candidate) {
        int rank = 0;
        if (candidate.charAt(0) == plain.charAt(0)) {
            rank += 4;
        }
        if (candidate.charAt(candidate.length() - 1) == plain.charAt(plain.length() - 1)) {
            rank += 2;
        }
        if (sorted(plain).equals(sorted(candidate))) {
            rank += 8;
        }
        if (holds(candidate, plain) || holds(plain, candidate)) {
            rank += 3;
        }
        if (candidate.length() >= plain.length()) {
            rank += 1;
        }
        return rank;
    }

    /** The known word that has two neighbouring letters the other way round, if there is one. */
    private @Nullable String swapped(String plain) {
        @Nullable String found = null;
        for (int i = 0; i + 1 < plain.length(); i++) {
            String other =
                    plain.substring(0, i)
                            + plain.charAt(i + 1)
                            + plain.charAt(i)
                            + plain.substring(i + 2);
            boolean differs = plain.charAt(i) != plain.charAt(i + 1);
            if (differs && !ORDINARY.contains(other) && knows(other)) {
                if (found != null) {
                    return null;
                }
                found = other;
            }
        }
        return found;
    }

    /** Whether the letters of the shorter stand in the longer in their order. */
    private static boolean holds(String longer, String shorter) {
        int found = 0;
        for (int i = 0; i < longer.length() && found < shorter.length(); i++) {
            if (longer.charAt(i) == shorter.charAt(found)) {
                found++;
            }
        }
        return found == shorter.length();
    }

    /** Whether two words mean the same here, so that either may stand. */
    private static boolean akin(String a, String b) {
        @Nullable Unit unit = Numerals.unit(a);
        if (unit != null && unit == Numerals.unit(b)) {
            return true;
        }
        Set<Lexicon.Sense> ofA = Lexicon.STANDARD.senses(a);
        return Lexicon.STANDARD.senses(b).stream()
                .anyMatch(s -> ofA.stream().anyMatch(o -> o.concept().equals(s.concept())));
    }

    private static String sorted(String word) {
        return word.chars()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static char[] initials(String plain) {
        char first = plain.charAt(0);
        char second = plain.charAt(1);
        // b and v, c and s and z, h and nothing sound alike in Spanish
        String all = "" + first + second;
        String alike =
                switch (first) {
                    case 'b' -> "v";
                    case 'v' -> "b";
                    case 's' -> "cz";
                    case 'c', 'z' -> "s";
                    case 'j' -> "g";
                    case 'g' -> "j";
                    case 'k' -> "cq";
                    case 'o', 'a', 'i', 'u', 'e' -> "h";
                    default -> "";
                };
        return (all + alike)
                .chars()
                .distinct()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .toCharArray();
    }

    /** The optimal string alignment distance, or more than {@code most} once it exceeds it. */
    static int distance(String a, String b, int most) {
        int[] before = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        int[] next = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            next[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int cost = Math.min(Math.min(next[j - 1], row[j]) + 1, row[j - 1] + same);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost = Math.min(cost, before[j - 2] + 1);
                }
                next[j] = cost;
                least = Math.min(least, cost);
            }
            if (least > most) {
                return most + 1;
            }
            int[] oldest = before;
            before = row;
            row = next;
            next = oldest;
        }
        return row[b.length()];
    }

    @SafeVarargs
    private static Map<Character, List<String>> byInitial(Collection<String>... words) {
        Map<Character, List<String>> byInitial = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Collection<String> some : words) {
            for (String word : some) {
                if (word.length() >= SHORTEST && seen.add(word)) {
                    byInitial.computeIfAbsent(word.charAt(0), c -> new ArrayList<>()).add(word);
                }
            }
        }
        return byInitial;
    }
}
