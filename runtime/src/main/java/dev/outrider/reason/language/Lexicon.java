package dev.outrider.reason.language;

import dev.outrider.reason.language.Words.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What words mean, in every form they take, read from {@code words.txt}. A word may have several
 * senses; a phrase is kept under its first word.
 */
final class Lexicon {

    /** How a word of this sense asks, tells or names. */
    enum Form {
        /** An imperative, infinitive, gerund or present: it may ask for something. */
        VERB,
        /** A past or participle: it tells. */
        PAST,
        OTHER
    }

    /**
     * One meaning of a word.
     *
     * @param concept a name from words.txt, such as {@code drive} or {@code LEFT}
     * @param weak whether it takes other words to mean that
     */
    record Sense(String concept, Form form, boolean weak, Language language) {}

    /**
     * A sense of several words.
     *
     * @param words plain, the first in any of its forms
     * @param apart whether other words may stand before the last
     */
    record Phrase(List<String> words, boolean apart, Sense sense) {
        Phrase {
            words = List.copyOf(words);
        }
    }

    private static final Set<String> RULES = Set.of("STEMS", "IRREGULAR", "PASTS", "SHORT");
    private static final Set<String> CLITICS = Words.of("clitics");

    /** The words of this house, read once. */
    static final Lexicon STANDARD = load("words.txt");

    private final Map<String, Set<Sense>> words = new HashMap<>();
    private final Map<String, List<Phrase>> phrases = new HashMap<>();
    private final Map<String, Set<String>> concepts = new LinkedHashMap<>();
    private final Map<String, List<String>> shorthand = new HashMap<>();
    private final Map<String, String> stems = new HashMap<>();
    private final Map<String, String> pasts = new HashMap<>();
    private final Map<String, List<String>> irregular = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, String> presents = new HashMap<>();

    private Lexicon() {}

    /** The senses of a plain word; a Spanish verb is known with its pronouns attached, too. */
    Set<Sense> senses(String plain) {
        Set<Sense> direct = words.get(plain);
        if (direct != null) {
            return direct;
        }
        String bare = withoutClitic(plain);
        return bare.equals(plain) ? Set.of() : words.getOrDefault(bare, Set.of());
    }

    /** Whether the word means that, in any of its senses. */
    boolean means(String plain, String concept) {
        for (Sense sense : senses(plain)) {
            if (sense.concept().equals(concept)) {
                return true;
            }
        }
        return false;
    }

    /** The English verb of a past form, "turn" of "turned", or the same word. */
    String present(String plain) {
        return presents.getOrDefault(plain, pasts.getOrDefault(plain, plain));
    }

    /** What a word written in a hurry stands for, or nothing. */
    List<String> shorthand(String plain) {
        return shorthand.getOrDefault(plain, List.of());
    }

    /** The phrases that begin with that word, longest first. */
    List<Phrase> phrases(String plain) {
        List<Phrase> direct = phrases.get(plain);
        if (direct != null) {
            return direct;
        }
        String bare = withoutClitic(plain);
        return bare.equals(plain) ? List.of() : phrases.getOrDefault(bare, List.of());
    }

    /** The senses of a phrase told apart by "_", such as {@code let_go}; empty if it is none. */
    Set<Sense> ofPhrase(String joined) {
        String[] parts = joined.split("_", -1);
        Set<Sense> senses = new LinkedHashSet<>();
        for (Phrase phrase : phrases.getOrDefault(parts[0], List.of())) {
            if (phrase.words().equals(List.of(parts))) {
                senses.add(phrase.sense());
            }
        }
        return senses;
    }

    /** Whether the word is one of this lexicon's, alone or in a phrase. */
    boolean knows(String plain) {
        return known.contains(plain) || known.contains(withoutClitic(plain));
    }

    /** Every word form it holds. */
    Set<String> forms() {
        return known;
    }

    /** The Spanish verb form without the pronouns at its end, or the same word. */
    String withoutClitic(String plain) {
        for (String clitic : CLITICS) {
            if (plain.endsWith(clitic) && plain.length() > clitic.length() + 1) {
                String bare = plain.substring(0, plain.length() - clitic.length());
                if (words.getOrDefault(bare, Set.of()).stream()
                        .anyMatch(s -> s.language() == Language.ES && s.form() == Form.VERB)) {
                    return bare;
                }
                // monos, deteneos: the s or d before a pronoun is dropped
                if (clitic.equals("nos") && words.containsKey(bare + "s")) {
                    return bare + "s";
                }
            }
        }
        return plain;
    }

    private static Lexicon load(String resource) {
        Lexicon lexicon = new Lexicon();
        List<Entry> entries = Words.entries(resource);
        lexicon.readRules(entries);
        lexicon.readMeanings(entries);
        lexicon.phrases.values().forEach(p -> p.sort((a, b) -> b.words.size() - a.words.size()));
        return lexicon;
    }

    private void readRules(List<Entry> entries) {
        stems.putAll(Words.meanings(entries, "STEMS"));
        pasts.putAll(Words.meanings(entries, "PASTS"));
        Words.meanings(entries, "SHORT")
                .forEach((word, whole) -> shorthand.put(word, List.of(whole.split("_", -1))));
        for (Entry entry : entries) {
            if (entry.section().equals("IRREGULAR")) {
                String[] sides = entry.line().split(":", 2);
                irregular.put(sides[0], List.of(sides[1].split(",", -1)));
            }
        }
    }

    private void readMeanings(List<Entry> entries) {
        for (Entry entry : entries) {
            if (RULES.contains(entry.section())) {
                continue;
            }
            String[] items = entry.line().split(" +", -1);
            Language language = items[0].startsWith("en") ? Language.EN : Language.ES;
            boolean verbs = items[0].endsWith("v");
            for (int i = 1; i < items.length; i++) {
                add(entry.section(), items[i], language, verbs);
            }
        }
    }

    private void add(String concept, String item, Language language, boolean verb) {
        boolean weak = item.endsWith("?");
        String entry = item.replaceAll("[?~]$", "");
        Form form = concept.equals("PAST") ? Form.PAST : verb ? Form.VERB : Form.OTHER;
        Sense sense = new Sense(concept, form, weak, language);
        concepts.computeIfAbsent(concept, c -> new LinkedHashSet<>()).add(entry);
        String bare =
                verb && language == Language.ES
                        ? entry.replaceAll("_(?:se|te|lo|la|le)(?=_|$)", "")
                        : entry;
        String[] parts = Token.plain(bare).split("[_~]", -1);
        Map<String, Form> forms =
                verb ? Inflection.of(parts[0], language, stems, irregular) : Map.of(parts[0], form);
        forms.forEach((word, inflected) -> {
            Sense one = new Sense(concept, inflected, weak, language);
            known.add(word);
            if (verb && language == Language.EN && inflected == Form.PAST) {
                presents.putIfAbsent(word, parts[0]);
            }
            if (parts.length == 1) {
                words.computeIfAbsent(word, w -> new LinkedHashSet<>()).add(one);
            } else {
                List<String> all = new ArrayList<>(List.of(parts));
                all.set(0, word);
                known.addAll(all);
                phrases.computeIfAbsent(word, w -> new ArrayList<>())
                        .add(new Phrase(all, bare.contains("~"), one));
            }
        });
        boolean noun = !verb && parts.length == 1 && Character.isLowerCase(concept.charAt(0));
        if (noun && parts[0].length() > 2) {
            boolean vowel = "aeiou".indexOf(parts[0].charAt(parts[0].length() - 1)) >= 0;
            String plural = parts[0] + (language == Language.EN || vowel ? "s" : "es");
            words.computeIfAbsent(plural, w -> new LinkedHashSet<>()).add(sense);
            known.add(plural);
        }
    }
}
