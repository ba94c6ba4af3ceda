package dev.outrider.reason.language;

import dev.outrider.reason.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Takes a sentence apart where one order, condition or remark ends and another begins. */
final class Splitter {

    private static final Set<String> REASONS = Words.of("reasons");
    private static final Set<String> NEGATED = Words.of("negated");

    private static final Set<String> STRONG = Set.of(".", ";", "!", "?", "..", "...", "…", "\n");

    private final List<Item> in;
    private final List<Piece> out = new ArrayList<>();
    private Piece piece = new Piece();
    private int sentence;
    private int sentenceBegins;

    private Splitter(List<Item> in) {
        this.in = in;
    }

    static List<Piece> pieces(List<Item> items) {
        return new Splitter(items).split();
    }

    private List<Piece> split() {
        for (int i = 0; i < in.size(); i++) {
            Item item = in.get(i);
            if (item.token().kind() == Kind.MARK) {
                mark(item);
            } else if (!lead(item, i)) {
                if (beginsOrder(item, i)) {
                    end();
                }
                piece.items.add(item);
            }
        }
        end();
        if (piece.corrects && piece.isEmpty()) {
            // "…, on second thought, no": it is taken back, and nothing takes its place
            piece.cancels = true;
            out.add(piece);
        }
        return out;
    }

    private void mark(Item item) {
        if (item.isMark("¿", "¡", "(", ")")) {
            end();
            return;
        }
        if (item.isMark(":")) {
            if (piece.items.stream()
                            .anyMatch(i ->
                                    i.isVerb()
                                            && i.senses().stream()
                                                    .noneMatch(s -> s.form() == Lexicon.Form.OTHER))
                    || piece.has("BATTERY")
                    || piece.has("CORRECT")
                    || piece.has("TWICE")
                    || piece.has("TIMES")) {
                piece.announces = true;
                boolean forbids = piece.negated;
                end();
                piece.negated = forbids;
            }
            return;
        }
        if (!STRONG.contains(item.token().plain())) {
            end();
            return;
        }
        end();
        if (item.isMark("?")) {
            out.subList(sentenceBegins, out.size()).forEach(p -> p.question = true);
        }
        if (!out.isEmpty()) {
            out.getLast().endsSentence = !item.isMark("...", "…", "..");
        }
        if (!item.isMark("...", "…", "..")) {
            sentence++;
            sentenceBegins = out.size();
        }
    }

    /** Takes a word that joins or turns what follows; false if it is no such word here. */
    private boolean lead(Item item, int i) {
        if (item.is("THEN") && !item.names().isEmpty()) {
            return false;
        }
        if (item.is("CANCEL")) {
            end();
            piece.cancels = true;
            return true;
        }
        if (item.is("ELSE")) {
            end();
            piece.otherwise = true;
            return true;
        }
        if (item.is("UNLESS")) {
            end();
            piece.unless = true;
            piece.conditional = true;
            return true;
        }
        if (item.is("REASON") && !piece.isEmpty()) {
            end();
            piece.reason = true;
            return true;
        }
        boolean quoted =
                next(i).token().kind() == Token.Kind.SPEECH
                        || next(i).token().kind() == Token.Kind.QUOTE;
        if (item.word("que") && !piece.isEmpty() && complete(piece) && !quoted) {
            end();
            piece.reason = true;
            return true;
        }
        if (item.word("que") && piece.isEmpty() && !out.isEmpty() && because(i)) {
            piece.reason = true;
            return true;
        }
        boolean therefore = item.word("so") && next(i).isVerb();
        if ((item.word("asi") && next(i).word("que")) || (therefore && !piece.isEmpty())) {
            end();
            return true;
        }
        if (item.word("que") && piece.isEmpty() && i > 0 && in.get(i - 1).word("asi")) {
            return true;
        }
        if (item.word("so", "asi") && piece.items.isEmpty()) {
            return false;
        }
        boolean alone = next(i).token().kind() == Token.Kind.MARK || i + 1 >= in.size();
        if (item.word("si") && item.token().text().equalsIgnoreCase("sí")) {
            return true;
        }
        if (alone && i + 2 < in.size() && waits(item) && in.get(i + 2).is("CORRECT")) {
            // "oh wait, I meant …"
            return true;
        }
        if (piece.corrects && piece.isEmpty() && alone && waits(item)) {
            return true;
        }
        if (item.is("IF") && conditionFollows(i)) {
            end();
            piece.conditional = true;
            return true;
        }
        if (item.is("BEFORE") && !(piece.contrasts && piece.isEmpty())) {
            end();
            piece.before = true;
            return true;
        }
        if (item.word("after", "tras")
                || (item.word("once")
                        && piece.isEmpty()
                        && next(i).word(
                                        "you", "you're", "you've", "it", "that", "the", "there",
                                        "at", "in", "inside", "done"))
                || (item.word("despues") && next(i).word("de"))) {
            end();
            piece.after = true;
            return true;
        }
        if (piece.contrasts && piece.isEmpty() && (item.is("FIRST") || item.is("BEFORE"))) {
            piece.after = true;
            return true;
        }
        if (item.is("BUT")) {
            end();
            piece.joined = true;
            piece.contrasts = true;
            return true;
        }
        if (item.is("THEN")) {
            end();
            piece.joined = true;
            return true;
        }
        if (item.is("AND")) {
            end();
            piece.joined = true;
            piece.withAnd = true;
            return true;
        }
        if (item.is("OR") && piece.negated) {
            end();
            piece.negated = true;
            return true;
        }
        if (item.is("OR")) {
            end();
            piece.alternative = true;
            return true;
        }
        return not(item, i) || correction(item, i);
    }

    /** "…, que no puedo pasar": that it tells why, and wishes for nothing. */
    private boolean because(int i) {
        Item verb = next(i).word("no", "ya", "me", "se", "te", "aqui") ? next(i + 1) : next(i);
        return !in.get(i).token().text().toLowerCase(Locale.ROOT).startsWith("qué")
                && verb.word(REASONS);
    }

    private static boolean waits(Item item) {
        return item.word("wait", "espera", "espere", "hold on", "hang on", "esperate");
    }

    private boolean not(Item item, int i) {
        if (!item.is("NOT")) {
            return false;
        }
        Item after = next(i);
        boolean spanish = item.word("no");
        if (!spanish) {
            if (complete(piece)) {
                end();
            }
            piece.negated = true;
            return true;
        }
        Item later = next(i + 1);
        boolean verb =
                (after.isVerb() && !after.word("no", "espera", "wait", "para"))
                        || (after.word("me", "te", "se", "lo", "la", "le", "los", "las")
                                && later.isVerb())
                        || after.word(NEGATED);
        if (verb && !after.is("CORRECT")) {
            if (!piece.isEmpty() && complete(piece)) {
                end();
            }
            piece.negated = true;
            return true;
        }
        boolean last = after.token().kind() == Kind.MARK || i + 1 >= in.size();
        if (last && !piece.isEmpty()) {
            piece.negated = true;
            return true;
        }
        return false;
    }

    private boolean correction(Item item, int i) {
        if (!item.is("CORRECT")) {
            return false;
        }
        boolean nothingBefore = piece.isEmpty() && out.isEmpty();
        if (nothingBefore
                || (item.word("better", "mejor", "rather")
                        && next(i).is("FREE")
                        && piece.isEmpty()
                        && out.isEmpty())) {
            return false;
        }
        if (item.word("hold on", "hang on")
                && !(piece.corrects || (!out.isEmpty() && out.getLast().corrects))
                && !next(i).is("CORRECT")) {
            return false;
        }
        if (item.word("instead", "demasiado", "wrong") && !piece.corrects) {
            boolean last = next(i).token().kind() == Kind.MARK || i + 1 >= in.size();
            piece.corrects =
                    item.word("instead")
                            && last
                            && !piece.negated
                            && !out.isEmpty()
                            && !out.getLast().negated
                            && !piece.conditional
                            && out.stream().noneMatch(p -> p.conditional || p.otherwise);
            return item.word("instead");
        }
        boolean closes = next(i).token().kind() == Kind.MARK || i + 1 >= in.size();
        if (item.word("better", "mejor", "rather") && !piece.isEmpty() && closes) {
            piece.corrects |= !out.isEmpty() && !piece.negated;
            return true;
        }
        if (item.word("sean", "dije", "error", "actually", "better", "rather")
                && piece.isEmpty()
                && out.isEmpty()) {
            return false;
        }
        if (!piece.corrects || !piece.isEmpty()) {
            end();
        }
        piece.corrects = true;
        return true;
    }

    /** A verb of order begins a new piece where the one before it is whole. */
    private boolean beginsOrder(Item item, int i) {
        boolean instead =
                piece.negated
                        && complete(piece)
                        && item.isVerb()
                        && (item.is("goto") || item.is("drive") || item.is("turn"));
        boolean arrived =
                piece.conditional
                        && piece.items.stream().anyMatch(k -> !k.names().isEmpty())
                        && piece.items.stream().noneMatch(k -> k.is("BATTERY"));
        boolean deedOfNoun =
                item.token().plain().endsWith("ing")
                        && i > 0
                        && (in.get(i - 1)
                                        .word(
                                                "needs", "need", "good", "quick", "proper", "nice",
                                                "is", "are", "was", "were", "been")
                                || !item.names().isEmpty());
        if (piece.isEmpty()
                || deedOfNoun
                || (!item.isOrder() && !instead)
                || (piece.conditional && !arrived)
                || (piece.negated && !complete(piece))) {
            return false;
        }
        Item before = piece.items.getLast();
        if (before.word(
                        "to", "a", "de", "para", "the", "el", "la", "un", "una", "your", "tu",
                        "sin", "and", "of")
                || before.is("NOT")
                || (before.is("DO") && before.isVerb() && i > 0)) {
            return false;
        }
        return complete(piece);
    }

    /**
     * Whether the piece holds a deed with its slot, so that more words belong to something else.
     */
    private static boolean complete(Piece piece) {
        boolean verb =
                piece.items.stream()
                        .anyMatch(i ->
                                i.isVerb()
                                        && i.senses().stream()
                                                .anyMatch(s ->
                                                        Character.isLowerCase(
                                                                s.concept().charAt(0))));
        boolean slot =
                piece.items.stream()
                        .anyMatch(i ->
                                !i.names().isEmpty()
                                        || i.token().isNumeric()
                                        || i.token().kind() == Kind.SPEECH
                                        || i.token().kind() == Kind.QUOTE
                                        || i.is("LEFT")
                                        || i.is("RIGHT")
                                        || i.is("object")
                                        || i.is("gripper")
                                        || (i.is("lamp") && !i.isVerb()));
        boolean order = piece.items.stream().anyMatch(Item::isOrder);
        return (slot && (verb || piece.items.size() > 1)) || (order && piece.items.size() > 1);
    }

    /** Whether what follows "if" or "when" is a condition and not "when" of a question. */
    private boolean conditionFollows(int i) {
        Item item = in.get(i);
        if (item.word("should") && !piece.isEmpty()) {
            return false;
        }
        return !item.word("while", "mientras", "should")
                || next(i).is("BATTERY")
                || next(i + 1).is("BATTERY");
    }

    private Item next(int i) {
        return i + 1 < in.size() ? in.get(i + 1) : in.get(Math.min(i, in.size() - 1));
    }

    private void end() {
        if (!piece.isEmpty() || piece.cancels) {
            piece.sentence = sentence;
            out.add(piece);
        }
        boolean empty = piece.isEmpty();
        Piece old = piece;
        piece = new Piece();
        if (empty) {
            // "and then before", "no, not": what leads waits for what follows
            piece.before = old.before;
            piece.after = old.after;
            piece.conditional = old.conditional;
            piece.unless = old.unless;
            piece.joined = old.joined;
            piece.withAnd = old.withAnd;
            piece.reason = old.reason;
            piece.contrasts = old.contrasts;
            piece.corrects = old.corrects;
            piece.otherwise = old.otherwise;
            piece.negated = old.negated && !old.corrects;
        }
    }
}
