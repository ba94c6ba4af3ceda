package dev.outrider.reason.language;

import dev.outrider.model.Unit;
import dev.outrider.reason.language.Token.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Units as they stand in a sentence: "feet", "per cent", "full turns", "vueltas completas". */
final class UnitPhrases {

    private final List<Token> in;

    UnitPhrases(List<Token> in) {
        this.in = in;
    }

    /** Whether "of" or "de" stands at i and something follows. */
    boolean isOf(int i) {
        return i < in.size()
                && in.get(i).is("of", "de", "por")
                && i + 1 < in.size()
                && !in.get(i).is("por");
    }

    /** The index after an article at i, or i. */
    int skipArticle(int i) {
        return i < in.size() && in.get(i).is("a", "an", "un", "una") ? i + 1 : i;
    }

    /** The index after a hyphen that joins a number to its unit, or i. */
    int skipJoint(int i) {
        return i < in.size() && in.get(i).is("-") && !in.get(i).spaced() ? i + 1 : i;
    }

    /** The unit that stands at i, or null. */
    @Nullable Unit unitAt(int i) {
        if (i >= in.size() || i == 0) {
            return null;
        }
        Token token = in.get(i);
        if (token.kind() != Kind.WORD && token.kind() != Kind.MARK) {
            return null;
        }
        if (token.is("per", "por") && i + 1 < in.size() && in.get(i + 1).is("cent", "ciento")) {
            return Unit.PERCENT;
        }
        if (token.is("in", "\"", "″", "''")) {
            Token before = in.get(i - 1);
            boolean ends =
                    i + 1 >= in.size()
                            || in.get(i + 1).kind() == Kind.MARK
                            || in.get(i + 1)
                                    .is(
                                            "forward",
                                            "forwards",
                                            "back",
                                            "backward",
                                            "backwards",
                                            "left",
                                            "right",
                                            "ahead",
                                            "up",
                                            "and",
                                            "then");
            return before.kind() == Kind.NUMBER && ends ? Unit.INCH : null;
        }
        if (token.is("full", "complete", "whole", "entire") && i + 1 < in.size()) {
            Token after = in.get(i + 1);
            return after.is(
                            "turn",
                            "turns",
                            "rotation",
                            "rotations",
                            "spin",
                            "spins",
                            "circle",
                            "circles",
                            "revolution",
                            "revolutions")
                    ? Unit.TURN
                    : null;
        }
        if (token.is("turn", "rotation", "revolution", "vuelta", "circle", "spin", "giro")
                && turnPhrase(i)) {
            return Unit.TURN;
        }
        Unit unit = Numerals.unit(token.plain());
        if (unit == Unit.TURN && !turnPhrase(i)) {
            return null;
        }
        return unit;
    }

    /**
     * A turn is a unit after a part of it, or where a number above one or "full" stands with it.
     */
    private boolean turnPhrase(int i) {
        for (int k = Math.max(0, i - 3); k < i; k++) {
            Token t = in.get(k);
            if ((t.isWord() && Numerals.fraction(t.plain()) != null)
                    || (t.kind() == Kind.NUMBER && t.number() < 1)
                    || t.is("full", "complete", "/")) {
                return true;
            }
        }
        if (wholeFollows(i)) {
            return true;
        }
        return in.get(i)
                .is("turns", "vueltas", "revolutions", "rotations", "giros", "revoluciones");
    }

    /** Whether the Spanish for "whole" stands after i: una vuelta completa. */
    private boolean wholeFollows(int i) {
        return i + 1 < in.size()
                && in.get(i + 1)
                        .is(
                                "completa",
                                "entera",
                                "completas",
                                "enteras",
                                "completo",
                                "entero",
                                "completos");
    }

    /** The index after the unit that stands at i. */
    int unitEnd(int i) {
        Token token = in.get(i);
        if (token.is("per", "por", "full", "complete", "whole", "entire")) {
            return i + 2;
        }
        if (token.is("deg") && i + 1 < in.size() && in.get(i + 1).is(".")) {
            return i + 2 < in.size() ? i + 2 : i + 1;
        }
        if (wholeFollows(i)) {
            return i + 2;
        }
        return i + 1;
    }
}
