package dev.outrider.reason.language;

import dev.outrider.model.Value;
import dev.outrider.reason.language.Item.Named;
import dev.outrider.reason.language.Skill.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an order names: one of the choices of its slot, or words to be said. */
final class Wording {

    private final Clause clause;
    private final Skill skill;
    private final Piece piece;

    Wording(Clause clause) {
        this.clause = clause;
        this.skill = clause.skill;
        this.piece = clause.piece;
    }

    /** Finds which of the choices is meant, or says what is missing. */
    void choose(@Nullable Clause before) {
        List<Named> named = new ArrayList<>();
        for (Item item : piece.items) {
            for (Named name : item.names()) {
                if (name.skill() == skill) {
                    named.add(name);
                    clause.read.add(item);
                }
            }
        }
        List<Named> whole = named.stream().filter(Named::whole).toList();
        List<Named> use = whole.isEmpty() ? named : whole;
        Set<String> options = new HashSet<>();
        use.forEach(n -> options.addAll(n.options()));
        if (use.size() > 1) {
            // each name narrows what the others leave open
            Set<String> common = new HashSet<>(use.getFirst().options());
            use.forEach(n -> common.retainAll(n.options()));
            if (common.size() == 1) {
                options.retainAll(common);
            } else if (!whole.isEmpty()) {
                String last = chosen(use);
                options.clear();
                options.add(last);
                clause.doubts.add(use.getFirst().options().getFirst());
            }
        }
        if ((options.isEmpty() || piece.corrects) && before != null && before.skill == skill) {
            String other = renumbered(before);
            if (!other.isEmpty()) {
                options.clear();
            }
            if (!other.isEmpty()) {
                options.add(other);
            }
        }
        if (options.isEmpty() && skill.goesUpAndDown()) {
            for (Item item : piece.items) {
                boolean up = item.is("UP") || item.is("lift") || item.is("open");
                if (up || item.is("DOWN") || item.is("lower") || item.is("close")) {
                    options.clear();
                    options.add(skill.choices.get(Skill.words(up ? "up" : "down")));
                    clause.read.add(item);
                }
            }
        }
        if (options.isEmpty() && before != null && before.value instanceof Value.Text(String old)) {
            // "hoover the hall, then mop it"
            boolean spokenOf =
                    piece.items.stream()
                            .anyMatch(i ->
                                    i.word("it", "that")
                                            || (i.isVerb()
                                                    && i.token()
                                                            .plain()
                                                            .matches(".{3,}(?:lo|la|le)")));
            if (spokenOf && !before.skill.equals(skill) && skill.choices.containsValue(old)) {
                options.add(old);
            }
        }
        if (options.isEmpty() && skill.kind == Kind.LAMP && off()) {
            skill.choices.values().stream()
                    .filter(o -> Names.synonyms("off").contains(Token.plain(o)))
                    .findFirst()
                    .ifPresent(options::add);
        }
        if (options.size() != 1) {
            clause.missing =
                    skill.kind == Kind.LAMP
                            ? "which colour"
                            : skill.kind == Kind.GOTO ? "where to" : "which " + skill.parameterName;
            if (!options.isEmpty()) {
                clause.doubts.addAll(options.stream().sorted().toList());
            }
            return;
        }
        clause.value = new Value.Text(options.iterator().next());
        if (whole.isEmpty() && !named.isEmpty()) {
            clause.doubts.add(named.getFirst().options().getFirst());
        }
    }

    /** Of several places in one order the one after "to" is meant. */
    private String chosen(List<Named> use) {
        for (int i = piece.items.size() - 1; i > 0; i--) {
            Item item = piece.items.get(i);
            Item left = piece.items.get(i - 1);
            Item further = i > 1 ? piece.items.get(i - 2) : left;
            boolean to =
                    left.word("to", "a", "al", "hasta", "into")
                            || further.word("to", "a", "al", "hasta", "into");
            if (to) {
                for (Named name : item.names()) {
                    if (name.skill() == skill && name.whole()) {
                        return name.options().getFirst();
                    }
                }
            }
        }
        return use.getLast().options().getFirst();
    }

    private String renumbered(Clause before) {
        if (!(before.value instanceof Value.Text(String old))) {
            return "";
        }
        for (Item item : piece.items) {
            String number =
                    item.token().kind() == Token.Kind.NUMBER
                            ? item.token().text()
                            : item.token().plain();
            if (item.token().kind() == Token.Kind.NUMBER || number.length() == 1) {
                String other =
                        old.replaceAll("[\\s_]\\S+$", "")
                                + old.replaceAll("^.*([\\s_])\\S+$", "$1")
                                + number;
                for (String option : skill.choices.values()) {
                    if (option.equalsIgnoreCase(other)) {
                        clause.read.add(item);
                        return option;
                    }
                }
            }
        }
        return "";
    }

    private boolean off() {
        for (Item item : piece.items) {
            String plain = item.token().plain();
            if (plain.startsWith("apag")
                    || plain.startsWith("mata")
                    || item.word(
                            "off",
                            "out",
                            "no",
                            "black out",
                            "kill",
                            "douse",
                            "extinguish",
                            "turn off",
                            "switch off",
                            "shut off")) {
                clause.read.add(item);
                return true;
            }
        }
        return false;
    }

    /** Takes the words that are to be said, or says what is missing. */
    void quote() {
        for (Item item : piece.items) {
            if (item.token().kind() == Token.Kind.SPEECH
                    || item.token().kind() == Token.Kind.QUOTE) {
                clause.read.add(item);
                if (clause.value == null && !item.token().text().isBlank()) {
                    clause.value = new Value.Text(item.token().text().replaceAll("[\\s,;]+$", ""));
                    piece.items.forEach(i -> {
                        if (piece.items.indexOf(i) < piece.items.indexOf(item)) {
                            clause.read.add(i);
                        }
                    });
                }
            }
        }
        if (clause.value == null) {
            clause.missing = "what to " + (skill.kind == Kind.SAY ? "say" : skill.verb());
        }
    }
}
