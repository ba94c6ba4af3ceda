package dev.outrider.reason.language;

import dev.outrider.reason.language.Item.Named;
import dev.outrider.reason.language.Lexicon.Form;
import dev.outrider.reason.language.Lexicon.Phrase;
import dev.outrider.reason.language.Lexicon.Sense;
import dev.outrider.reason.language.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says of each word, or phrase taken as one, what it may mean to a robot with these skills. */
final class Annotator {

    private static final Lexicon LEXICON = Lexicon.STANDARD;
    private static final Set<String> SMALL_WORDS = Words.of("inside names");

    /** Who does something where a place is told by what is done there: "where we cook". */
    private static final Set<String> WHO = Words.of("who");

    /** After "si no", of a charge: a condition follows, and no alternative. */
    private static final Set<String> HAVING = Words.of("having");

    private static final Set<String> AFTER_PARA = Words.of("after para");

    private static final Map<String, String> ORDINALS =
            Words.meanings(Words.entries("numbers.txt"), "ordinals");
    private static final Map<String, String> DIGITS =
            Words.meanings(Words.entries("numbers.txt"), "digits");

    private final List<Skill> skills;

    Annotator(List<Skill> skills) {
        this.skills = List.copyOf(skills);
    }

    List<Item> items(List<Token> all) {
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Token token = all.get(i);
            boolean hyphen =
                    token.is("-")
                            && !token.spaced()
                            && i > 0
                            && i + 1 < all.size()
                            && !all.get(i + 1).spaced();
            if (!hyphen) {
                tokens.add(token);
            }
        }
        List<Item> items = new ArrayList<>();
        int i = 0;
        while (i < tokens.size()) {
            Token token = tokens.get(i);
            int end = i + 1;
            List<Named> names = List.of();
            Set<Sense> senses = token.isWord() ? LEXICON.senses(token.plain()) : Set.of();
            if (token.is("para")
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).isWord()
                    && !tokens.get(i + 1).is(AFTER_PARA)) {
                senses = Set.of(new Sense("FREE", Form.OTHER, false, Language.ES));
            }
            if (token.isWord() || token.kind() == Kind.NUMBER) {
                int named = longestName(tokens, i);
                Phrase phrase = longestPhrase(tokens, i);
                boolean negatedIf =
                        token.is("si")
                                && i + 2 < tokens.size()
                                && tokens.get(i + 1).is("no")
                                && HAVING.contains(tokens.get(i + 2).plain());
                phrase = negatedIf ? null : phrase;
                if (named > i && (phrase == null || named - i >= phrase.words().size())) {
                    names = named(tokens, i, named);
                    end = named;
                    if (named > i + 1) {
                        senses = Set.of();
                    }
                } else if (phrase != null) {
                    end = i + phrase.words().size();
                    senses = LEXICON.ofPhrase(String.join("_", phrase.words()));
                    if (senses.isEmpty()) {
                        senses = Set.of(phrase.sense());
                    }
                    if (senses.stream().allMatch(Sense::weak)) {
                        senses = withDoing(senses, token);
                    }
                } else if (token.isWord()) {
                    names = part(token);
                }
            }
            items.add(new Item(joined(tokens.subList(i, end)), senses, names));
            i = end;
        }
        return apart(items);
    }

    /** "put on", "turn off": they may be said of anything that goes on and off. */
    private static Set<Sense> withDoing(Set<Sense> senses, Token verb) {
        Set<Sense> all = new HashSet<>(senses);
        LEXICON.senses(verb.plain()).stream()
                .filter(s -> s.concept().equals("DO"))
                .forEach(all::add);
        if (verb.is("turn", "switch", "shut")) {
            all.add(new Sense("DO", Form.VERB, true, Language.EN));
        }
        return all;
    }

    private static Token joined(List<Token> tokens) {
        if (tokens.size() == 1) {
            return tokens.getFirst();
        }
        return Token.word(Token.text(tokens).strip(), tokens.getFirst().spaced());
    }

    private int longestName(List<Token> tokens, int i) {
        int longest = i;
        for (Skill skill : skills) {
            for (List<String> name : skill.choices.keySet()) {
                longest = Math.max(longest, matched(tokens, i, name));
            }
        }
        return longest;
    }

    private List<Named> named(List<Token> tokens, int i, int end) {
        List<Named> names = new ArrayList<>();
        for (Skill skill : skills) {
            Set<String> options = new LinkedHashSet<>();
            skill.choices.forEach((name, option) -> {
                if (matched(tokens, i, name) == end) {
                    options.add(option);
                }
            });
            if (!options.isEmpty()) {
                String own =
                        options.stream()
                                .filter(o ->
                                        Skill.words(o)
                                                .equals(
                                                        Skill.words(
                                                                Token.text(
                                                                        tokens.subList(i, end)))))
                                .findFirst()
                                .orElse("");
                names.add(
                        new Named(
                                skill, own.isEmpty() ? List.copyOf(options) : List.of(own), true));
            }
        }
        return names;
    }

    private List<Named> part(Token token) {
        List<Named> names = new ArrayList<>();
        for (Skill skill : skills) {
            Set<String> options = skill.parts.get(Skill.stem(token.plain()));
            if (options != null) {
                names.add(new Named(skill, List.copyOf(options), false));
            }
        }
        return names;
    }

    /** The index after the name that begins at i, or i. */
    private static int matched(List<Token> tokens, int i, List<String> name) {
        boolean counted =
                name.size() == 2
                        && i + 1 < tokens.size()
                        && name.getLast().equals(ORDINALS.get(tokens.get(i).plain()))
                        && same(tokens.get(i + 1), name.getFirst(), false);
        if (counted) {
            // "the third bay" is bay 3
            return i + 2;
        }
        boolean told = Set.of("where", "wher", "dond", "room").contains(name.getFirst());
        int k = i;
        for (int w = 0; w < name.size(); w++) {
            while (w > 0
                    && k < tokens.size()
                    && (SMALL_WORDS.contains(tokens.get(k).plain())
                            || (told && WHO.contains(tokens.get(k).plain())))) {
                k++;
            }
            if (k >= tokens.size() || !same(tokens.get(k), name.get(w), w > 0)) {
                return i;
            }
            k++;
        }
        return k;
    }

    private static boolean same(Token token, String word, boolean inside) {
        if (token.kind() == Kind.NUMBER) {
            return token.text().equals(word);
        }
        if (!token.isWord()) {
            return false;
        }
        String plain = token.plain();
        return Skill.stem(plain.replaceAll("'s$", "")).equals(word)
                || (inside && word.equals(DIGITS.get(plain)));
    }

    private static @org.jspecify.annotations.Nullable Phrase longestPhrase(
            List<Token> tokens, int i) {
        for (Phrase phrase : LEXICON.phrases(tokens.get(i).plain())) {
            int size = phrase.words().size();
            if (i + size <= tokens.size() && !phrase.sense().concept().equals("POLITE")) {
                boolean all = true;
                for (int k = 1; k < size && all; k++) {
                    all = tokens.get(i + k).plain().equals(phrase.words().get(k));
                }
                if (all) {
                    return phrase;
                }
            }
        }
        return null;
    }

    /** Verbs whose particle stands apart: "put the box down". */
    private static List<Item> apart(List<Item> items) {
        List<Item> out = new ArrayList<>(items);
        for (int i = 0; i < out.size(); i++) {
            Item item = out.get(i);
            if (!item.token().isWord()) {
                continue;
            }
            Set<Sense> found = new HashSet<>();
            int particle = -1;
            for (Phrase phrase : LEXICON.phrases(item.token().plain())) {
                if (!phrase.apart() || phrase.words().size() != 2) {
                    continue;
                }
                int at = particle(out, i, phrase.words().get(1));
                if (at > 0) {
                    particle = at;
                    found.add(phrase.sense());
                }
            }
            if (particle > 0) {
                item.senses().stream().filter(s -> s.concept().equals("DO")).forEach(found::add);
                out.set(i, new Item(item.token(), found, item.names()));
                Item old = out.get(particle);
                out.set(
                        particle,
                        new Item(
                                old.token(),
                                Set.of(new Sense("FREE", Form.OTHER, false, Language.EN)),
                                old.names()));
            }
        }
        return out;
    }

    private static int particle(List<Item> items, int verb, String word) {
        for (int k = verb + 1; k < items.size() && k <= verb + 5; k++) {
            Item item = items.get(k);
            if (item.word(word)) {
                return k;
            }
            if (item.token().kind() == Kind.MARK
                    || item.is("AND")
                    || item.is("THEN")
                    || item.isOrder()) {
                return -1;
            }
        }
        return -1;
    }
}
