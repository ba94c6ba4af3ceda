package dev.outrider.ai.sense;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What of a text is spoken at a time. Whole sentences sound best; but a listener waits for the
 * first one, so a long first sentence is broken where a speaker might breathe.
 */
final class SpokenPieces {
    private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?…])\\s+|\\n+");
    private static final Pattern CLAUSE =
            Pattern.compile(
                    "(?<=[,;:—])\\s+|\\s+(?=(and|then|but|or|because|while|y|pero|o|porque|luego|mientras)\\s)");
    private static final int LEAST = 12;
    private static final int QUICK = 40;
    private static final int MOST = 240;

    private SpokenPieces() {}

    /** The pieces, none of them blank, none longer than a voice can take. */
    static List<String> of(String text) {
        var pieces = new ArrayList<String>();
        for (String sentence : SENTENCE.split(text.strip(), -1)) {
            var rest = sentence.strip();
            if (pieces.isEmpty() && rest.length() > QUICK) {
                rest = shortBeginning(rest, pieces);
            }
            addShort(rest, pieces);
        }
        return pieces;
    }

    private static String shortBeginning(String sentence, List<String> pieces) {
        var breaks = CLAUSE.matcher(sentence);
        while (breaks.find()) {
            if (breaks.start() >= LEAST && sentence.length() - breaks.end() >= LEAST) {
                pieces.add(sentence.substring(0, breaks.start()));
                return sentence.substring(breaks.end());
            }
        }
        return sentence;
    }

    private static void addShort(String sentence, List<String> pieces) {
        var rest = sentence;
        while (rest.length() > MOST) {
            int at = rest.lastIndexOf(' ', MOST);
            int to = at < LEAST ? MOST : at;
            pieces.add(rest.substring(0, to).strip());
            rest = rest.substring(to).strip();
        }
        if (!rest.isBlank()) {
            pieces.add(rest);
        }
    }
}
