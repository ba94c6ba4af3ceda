package dev.outrider.reason.language;

import dev.outrider.reason.language.Lexicon.Form;
import dev.outrider.reason.language.Lexicon.Sense;
import dev.outrider.reason.language.Token.Kind;
import java.util.List;
import java.util.Set;

/**
 * A word or phrase of a sentence with what it may mean.
 *
 * @param token the word, or the words of the phrase in one
 * @param names the choices it names, of whichever skills
 */
record Item(Token token, Set<Sense> senses, List<Named> names) {

    /**
     * A choice that was named.
     *
     * @param options one, or several where only a part of their names was said
     */
    record Named(Skill skill, List<String> options, boolean whole) {}

    Item {
        senses = Set.copyOf(senses);
        names = List.copyOf(names);
    }

    boolean is(String concept) {
        for (Sense sense : senses) {
            if (sense.concept().equals(concept)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it may be a verb that asks for something. */
    boolean isVerb() {
        return senses.stream().anyMatch(s -> s.form() == Form.VERB);
    }

    /** Whether it is a verb of a robot's deed beyond doubt, and no noun. */
    boolean isOrder() {
        return token.kind() == Kind.WORD
                && senses.stream()
                        .anyMatch(s ->
                                s.form() == Form.VERB
                                        && !s.weak()
                                        && Character.isLowerCase(s.concept().charAt(0)))
                && senses.stream().noneMatch(s -> s.form() == Form.OTHER);
    }

    boolean isMark(String... marks) {
        return token.kind() == Kind.MARK && token.is(marks);
    }

    boolean word(Set<String> words) {
        return token.is(words);
    }

    boolean word(String... words) {
        return token.is(words);
    }
}
