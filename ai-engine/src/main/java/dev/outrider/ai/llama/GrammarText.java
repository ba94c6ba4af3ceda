package dev.outrider.ai.llama;

/**
 * Checks of a grammar's text that libllama does not make: its parser and its matcher call
 * themselves for every level of nesting and every rule, and die of a deep one.
 */
final class GrammarText {
    private static final int LONGEST = 1 << 18;
    private static final int DEEPEST = 64;
    private static final int MOST_RULES = 1000;

    private GrammarText() {}

    /**
     * Refuses a text that would be dangerous to parse.
     *
     * @throws IllegalArgumentException if it is too long, too deep, or has too many rules
     */
    static void check(String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a grammar has 1 to %d characters, not %d".formatted(LONGEST, text.length()));
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a grammar cannot hold the character NUL");
        }
        long rules = text.lines().filter(line -> line.contains("::=")).count();
        if (rules > MOST_RULES) {
            throw new IllegalArgumentException(
                    "a grammar has at most %d rules, not %d".formatted(MOST_RULES, rules));
        }
        if (depth(text) > DEEPEST) {
            throw new IllegalArgumentException(
                    "a grammar's parentheses nest at most %d deep".formatted(DEEPEST));
        }
    }

    private static int depth(String text) {
        int depth = 0;
        int deepest = 0;
        int i = 0;
        while (i < text.length()) {
            switch (text.charAt(i)) {
                case '"' -> i = end(text, i, '"');
                case '[' -> i = end(text, i, ']');
                case '#' -> i = endOfLine(text, i);
                case '(' -> deepest = Math.max(deepest, ++depth);
                case ')' -> depth--;
                default -> {}
            }
            i++;
        }
        return deepest;
    }

    private static int end(String text, int start, char closing) {
        int i = start + 1;
        while (i < text.length() && text.charAt(i) != closing) {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    private static int endOfLine(String text, int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }
}
