package dev.outrider.ai.chat;

import java.util.Set;
import java.util.regex.Pattern;

/** Makes the text of a template one that Jinjava renders as Jinja2 would, or refuses it. */
final class TemplateText {
    /** Marks answers for training; means nothing here. */
    private static final Pattern GENERATION = Pattern.compile("\\{%-?\\s*(end)?generation\\s*-?%}");

    /** Jinja2's lstrip_blocks: Jinjava's own also strips in the middle of a line. */
    private static final Pattern INDENTED_BLOCK = Pattern.compile("(?m)^[ \\t]+(?=\\{[%#][^+])");

    /** Jinjava renders nothing for a loop with a condition, and says nothing about it. */
    private static final Pattern CONDITIONAL_LOOP =
            Pattern.compile(
                    "\\{%-?\\s*for\\s(?:(?!%}|\\selse\\s).)*\\sif\\s(?:(?!%}|\\selse\\s).)*%}");

    private static final Pattern CODE = Pattern.compile("\\{([{%])-?(.*?)-?[%}]}", Pattern.DOTALL);
    private static final Pattern LITERAL =
            Pattern.compile("'(?:\\\\.|[^'\\\\])*'|\"(?:\\\\.|[^\"\\\\])*\"", Pattern.DOTALL);
    private static final Pattern FILTER = Pattern.compile("\\|\\s*([a-zA-Z_]+)");

    private TemplateText() {}

    static String prepare(String template, Set<String> filters) {
        if (CONDITIONAL_LOOP.matcher(template).find()) {
            throw new ChatTemplateException("templates with {% for … if … %} cannot be rendered");
        }
        CODE.matcher(template).results().forEach(code -> checkFilters(code.group(2), filters));
        var plain = GENERATION.matcher(template).replaceAll("").replace("[::-1]", "|reverse");
        return INDENTED_BLOCK.matcher(plain).replaceAll("");
    }

    /** Jinjava leaves out a value whose filter it does not know, and says nothing about it. */
    private static void checkFilters(String code, Set<String> filters) {
        FILTER.matcher(LITERAL.matcher(code).replaceAll("''"))
                .results()
                .map(match -> match.group(1))
                .filter(name -> !filters.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ChatTemplateException(
                            "templates with the filter %s cannot be rendered".formatted(name));
                });
    }
}
