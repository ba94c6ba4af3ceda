package dev.outrider.reason.language;

import dev.outrider.model.Capability;
import dev.outrider.model.Parameter;
import dev.outrider.model.Place;
import dev.outrider.model.Unit;
import dev.outrider.reason.language.Lexicon.Form;
import dev.outrider.reason.language.Lexicon.Sense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A capability as words see it: what its name, aliases and description mean, what its parameter
 * takes, and under which names its choices are known.
 */
final class Skill {

    /** The standard meanings, which have words and slots of their own; OTHER goes by its words. */
    enum Kind {
        DRIVE,
        TURN,
        GOTO,
        DOCK,
        WAIT,
        GRIP,
        RELEASE,
        LAMP,
        SAY,
        STOP,
        OTHER
    }

    private static final Lexicon LEXICON = Lexicon.STANDARD;
    private static final double NAMED = 3;
    private static final double DESCRIBED = 1.3;
    private static final Pattern SIGNED =
            Pattern.compile(
                    "(left|right|back|forward|up|down)\\w*(?: is| =|:)? (positive|negative|plus|minus|\\+|-)|(positive|negative)(?: is| =|:)? (left|right|back|forward|up|down)");
    private static final Pattern ZERO = Pattern.compile("\\b0 (?:is|=|means) (\\w+)");

    /** What a thing is set to; no robot goes there. */
    private static final Set<String> SETTINGS = Words.of("settings");

    private static final Set<String> EMPTY_WORDS = Words.of("empty words");

    final Capability capability;
    final Kind kind;
    final String parameterName;
    final @Nullable Parameter parameter;
    final Map<String, Double> concepts = new HashMap<>();
    final Map<String, Double> stems = new HashMap<>();
    final Map<String, Integer> signs = new HashMap<>();
    final Set<String> zero = new HashSet<>();

    /** Whole sentences that are declared to mean it, as plain words. */
    final List<List<String>> sentences;

    /** Every name of every choice, as plain words, longest first. */
    final Map<List<String>, String> choices = new LinkedHashMap<>();

    /** Single words of choices of several words, with the choices that hold them. */
    final Map<String, Set<String>> parts = new HashMap<>();

    Skill(Capability capability, List<Place> places) {
        this.capability = capability;
        Map.Entry<String, Parameter> first =
                capability.parameters().entrySet().stream().findFirst().orElse(null);
        this.parameterName = first == null ? "" : first.getKey();
        this.parameter = first == null ? null : first.getValue();
        this.sentences =
                capability.aliases().stream()
                        .filter(a -> isSentence(a) && parameter == null)
                        .map(a -> List.of(Token.plain(a).split(" ", -1)))
                        .toList();
        readChoices(places);
        List<String> names = new ArrayList<>(List.of(capability.verb()));
        capability.aliases().stream().filter(a -> !isSentence(a)).forEach(names::add);
        names.forEach(n -> learn(n, NAMED));
        if (!parameterName.isEmpty()) {
            stems.merge(stem(Token.plain(parameterName)), DESCRIBED, Math::max);
        }
        learn(capability.description(), DESCRIBED);
        this.kind = kind(names);
        readSigns();
        if (concepts.containsKey("lift")
                && kind == Kind.OTHER
                && parameter instanceof Parameter.Range) {
            concepts.put("lower", concepts.get("lift"));
        }
        if (kind == Kind.GOTO) {
            concepts.put("drive", NAMED * 0.45);
        }
        if (kind != Kind.OTHER) {
            concepts.put(kind.name().toLowerCase(java.util.Locale.ROOT), NAMED);
        }
    }

    /** Whether the piece is just a sentence that is declared to mean it. */
    boolean isCalledBy(Piece piece) {
        return !sentences.isEmpty()
                && sentences.contains(
                        piece.items.stream()
                                .flatMap(i -> Stream.of(i.token().plain().split(" ", -1)))
                                .toList());
    }

    private static boolean isSentence(String alias) {
        return alias.contains(" ");
    }

    String verb() {
        return capability.verb();
    }

    @Nullable Unit unit() {
        return parameter instanceof Parameter.Range(var unit, var min, var max) ? unit : null;
    }

    /** Whether its name says a side, so that nobody can tell which way its numbers count. */
    boolean isSided() {
        for (String word : Token.plain(verb()).split("_", -1)) {
            if (LEXICON.means(word, "LEFT")
                    || LEXICON.means(word, "RIGHT")
                    || LEXICON.means(word, "BACK")
                    || word.equals("back")) {
                return true;
            }
        }
        return false;
    }

    /** The sign of a number to that side. */
    int sign(String side) {
        return signs.getOrDefault(side, 1);
    }

    boolean takesChoice() {
        return parameter instanceof Parameter.Choice;
    }

    /** Whether its choices are up and down, among others. */
    boolean goesUpAndDown() {
        return kind == Kind.OTHER
                && choices.containsKey(words("up"))
                && choices.containsKey(words("down"));
    }

    boolean takesCount() {
        return unit() == Unit.COUNT;
    }

    private void learn(String text, double weight) {
        List<String> words =
                Arrays.stream(Token.plain(text).replace('_', ' ').split("[^\\p{L}\\p{N}']+", -1))
                        .filter(w -> w.length() > 1)
                        .toList();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean named = weight == NAMED;
            double own = named && words.size() > 1 ? weight * 0.55 : weight;
            if (named || (!EMPTY_WORDS.contains(word) && !LEXICON.means(word, "FREE"))) {
                stems.merge(
                        stem(word),
                        LEXICON.means(word, "goto") && words.size() > 1 ? own * 0.3 : own,
                        Math::max);
            }
            Set<Sense> senses = LEXICON.senses(word);
            for (Lexicon.Phrase phrase : LEXICON.phrases(word)) {
                if (i + phrase.words().size() <= words.size()
                        && words.subList(i, i + phrase.words().size()).equals(phrase.words())) {
                    senses = Set.of(phrase.sense());
                    break;
                }
            }
            if (!named && EMPTY_WORDS.contains(word)) {
                continue;
            }
            for (Sense sense : senses) {
                if (Character.isLowerCase(sense.concept().charAt(0))) {
                    concepts.merge(sense.concept(), sense.weak() ? own * 0.4 : own, Math::max);
                }
            }
        }
    }

    private Kind kind(List<String> names) {
        String described = " " + Token.plain(capability.description()) + " ";
        Set<String> called = new HashSet<>();
        Set<String> hinted = new HashSet<>();
        for (String name : names) {
            String plain = Token.plain(name);
            List<String> parts = List.of(plain.split("_", -1));
            if (parts.size() > 1) {
                boolean hand = parts.stream().anyMatch(w -> LEXICON.means(w, "gripper"));
                for (String part : parts) {
                    boolean lid = LEXICON.means(part, "open") || LEXICON.means(part, "close");
                    if (!lid || hand) {
                        LEXICON.senses(part).forEach(s -> hinted.add(s.concept()));
                    }
                }
            }
            Set<Sense> senses = new HashSet<>(LEXICON.senses(plain.replace("_", "")));
            senses.addAll(LEXICON.senses(plain));
            senses.addAll(LEXICON.ofPhrase(plain));
            senses.forEach(s -> (s.weak() ? hinted : called).add(s.concept()));
        }
        Set<String> told = new HashSet<>();
        for (String word : described.split("[^\\p{L}']+", -1)) {
            LEXICON.senses(word).forEach(s -> told.add(s.concept()));
        }
        List<String> inOrder = new ArrayList<>();
        for (String word : described.split("[^\\p{L}']+", -1)) {
            LEXICON.senses(word).forEach(s -> inOrder.add(s.concept()));
        }
        if (parameter == null
                && (told.contains("gripper") || told.contains("object"))
                && !told.contains("door")
                && !told.contains("tray")) {
            int grip = inOrder.indexOf("grip");
            int release = inOrder.indexOf("release");
            boolean sure =
                    called.stream()
                            .noneMatch(c ->
                                    Character.isLowerCase(c.charAt(0))
                                            && !c.equals("grip")
                                            && !c.equals("release"));
            if (sure && (grip >= 0 || release >= 0)) {
                return release >= 0 && (grip < 0 || release < grip) ? Kind.RELEASE : Kind.GRIP;
            }
        }
        boolean plain =
                called.isEmpty()
                        && hinted.isEmpty()
                        && told.stream().noneMatch(c -> Character.isLowerCase(c.charAt(0)));
        boolean arm =
                has("lift", "lower", "arm", "tilt", "fork", "head", "camera", "fan", "gripper")
                        || described.matches(
                                ".*\\b(camera|head|fork|forks|arm|lift|fan|gripper|neck|wrist|joint)\\b.*");
        return switch (parameter) {
            case null -> still(called, hinted, told, described);
            case Parameter.Range(var unit, var min, var max) ->
                    switch (unit.dimension()) {
                        case LENGTH ->
                                !arm
                                                && (plain
                                                        || called.contains("drive")
                                                        || hinted.contains("drive")
                                                        || told.contains("drive"))
                                        ? Kind.DRIVE
                                        : Kind.OTHER;
                        case ANGLE ->
                                !arm
                                                && (plain
                                                        || called.contains("turn")
                                                        || hinted.contains("turn")
                                                        || told.contains("turn"))
                                        ? Kind.TURN
                                        : Kind.OTHER;
                        case TIME ->
                                plain
                                                || (called.contains("wait")
                                                        || hinted.contains("wait"))
                                                || (told.contains("wait") && called.isEmpty())
                                                || described.contains("does nothing")
                                        ? Kind.WAIT
                                        : Kind.OTHER;
                        case NUMBER, RATIO, VOLUME, MASS, TEMPERATURE -> Kind.OTHER;
                    };
            case Parameter.Choice(List<String> options) -> {
                long colors = options.stream().filter(o -> Names.isColor(Token.plain(o))).count();
                if (colors * 2 > options.size()
                        && options.stream()
                                .noneMatch(o -> Set.of("on", "open").contains(Token.plain(o)))) {
                    yield Kind.LAMP;
                }
                boolean other =
                        options.stream().allMatch(o -> SETTINGS.contains(Token.plain(o)))
                                || called.stream()
                                        .anyMatch(c ->
                                                Character.isLowerCase(c.charAt(0))
                                                        && !Set.of("goto", "drive", "turn")
                                                                .contains(c));
                boolean going =
                        called.contains("goto")
                                || hinted.contains("goto")
                                || described.matches(
                                        ".*\\b(goes?|drives?|travels?|navigates?|moves?|ir|va)\\b.*");
                yield (going
                                        || (plain
                                                && options.stream()
                                                        .allMatch(o ->
                                                                Names.isName(
                                                                        Token.plain(o)
                                                                                .replace(
                                                                                        '_',
                                                                                        ' ')))))
                                && !other
                        ? Kind.GOTO
                        : Kind.OTHER;
            }
            case Parameter.FreeText text ->
                    called.contains("say")
                                    || hinted.contains("say")
                                    || told.contains("say")
                                    || called.isEmpty()
                            ? Kind.SAY
                            : Kind.OTHER;
        };
    }

    private static Kind still(
            Set<String> called, Set<String> hinted, Set<String> told, String described) {
        for (Set<String> senses : List.of(called, hinted)) {
            if (senses.contains("stop")
                    && !described.matches(".*\\b(music|fan|water|record\\w*|vacuum\\w*)\\b.*")) {
                return Kind.STOP;
            }
            if (senses.contains("dock") && !described.matches(".*\\b(music|park)\\b.*")) {
                return Kind.DOCK;
            }
            boolean lid =
                    described.matches(
                            ".*\\b(door|tray|lid|gate|hatch|drawer|compartment|valve|box|window)\\b.*");
            if (senses.contains("release") && !lid) {
                return Kind.RELEASE;
            }
            if (senses.contains("grip") && !lid) {
                return Kind.GRIP;
            }
        }
        if (described.matches(".*\\b(stops|halts)\\b.*\\b(once|motion|moving|immediately)\\b.*")) {
            return Kind.STOP;
        }
        if (described.matches(
                ".*\\b(opens|releases|lets|drops)\\b.*\\b(gripper|clamp|claw|hand|object|pinza|go)\\b.*")) {
            return Kind.RELEASE;
        }
        if (described.matches(
                ".*\\b(closes|grips|grabs|picks)\\b.*\\b(gripper|clamp|claw|hand|object|up)\\b.*")) {
            return Kind.GRIP;
        }
        return described.matches(".*\\b(dock|charger|charging)\\b.*") && told.contains("dock")
                ? Kind.DOCK
                : Kind.OTHER;
    }

    private boolean has(String... wanted) {
        return Arrays.stream(wanted).anyMatch(c -> concepts.getOrDefault(c, 0.0) >= DESCRIBED);
    }

    private void readSigns() {
        String described = Token.plain(capability.description());
        Matcher matcher = SIGNED.matcher(described);
        while (matcher.find()) {
            String side = matcher.group(1) != null ? matcher.group(1) : matcher.group(4);
            String sign = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            signs.put(side, Set.of("positive", "plus", "+").contains(sign) ? 1 : -1);
        }
        for (String[] pair :
                new String[][] {{"left", "right"}, {"forward", "back"}, {"up", "down"}}) {
            Integer one = signs.get(pair[0]);
            Integer two = signs.get(pair[1]);
            signs.putIfAbsent(pair[0], two == null ? 1 : -two);
            signs.putIfAbsent(pair[1], one == null ? -1 : -one);
        }
        Matcher zeroes = ZERO.matcher(described);
        while (zeroes.find()) {
            zero.addAll(Names.synonyms(zeroes.group(1)));
        }
    }

    private void readChoices(List<Place> places) {
        if (!(parameter instanceof Parameter.Choice(List<String> options))) {
            return;
        }
        Map<String, List<String>> aliases = new HashMap<>();
        places.forEach(p -> aliases.put(p.name(), p.aliases()));
        Map<List<String>, String> all = new LinkedHashMap<>();
        for (String option : options) {
            all.put(words(option), option);
            aliases.getOrDefault(option, List.of()).forEach(a -> all.putIfAbsent(words(a), option));
        }
        for (String option : options) {
            Names.synonyms(Token.plain(option).replace('_', ' '))
                    .forEach(n -> all.putIfAbsent(words(n), option));
        }
        all.entrySet().stream()
                .sorted((a, b) -> b.getKey().size() - a.getKey().size())
                .forEach(e -> choices.put(e.getKey(), e.getValue()));
        for (String option : options) {
            List<String> words = List.of(Token.plain(option).split("[\\s_-]+", -1));
            if (words.size() > 1) {
                for (String word : words) {
                    if (word.length() > 2 && !LEXICON.means(word, "FREE")) {
                        for (String name : Names.synonyms(word)) {
                            if (!name.contains(" ")) {
                                parts.computeIfAbsent(stem(name), w -> new HashSet<>()).add(option);
                            }
                        }
                    }
                }
            }
        }
    }

    /** A name's plain words without articles: "zona de carga" is zona, carga. */
    static List<String> words(String name) {
        List<String> words =
                Arrays.stream(Token.plain(name).split("[\\s_'-]+", -1))
                        .filter(w ->
                                !w.isEmpty()
                                        && !Set.of(
                                                        "the", "el", "la", "los", "las", "de",
                                                        "del", "of")
                                                .contains(w))
                        .map(Skill::stem)
                        .toList();
        return words.isEmpty() ? List.of(Token.plain(name)) : words;
    }

    /** The word without endings of number and tense, the same for forms of one word. */
    static String stem(String plain) {
        String word = plain;
        if (word.length() > 4 && word.endsWith("es") && !word.endsWith("ees")) {
            word = word.substring(0, word.length() - 2);
        } else if (word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")) {
            word = word.substring(0, word.length() - 1);
        }
        for (String ending : List.of("ing", "ed")) {
            if (word.length() > ending.length() + 3 && word.endsWith(ending)) {
                word = word.substring(0, word.length() - ending.length());
            }
        }
        if (word.length() > 4 && (word.endsWith("e") || word.endsWith("o") || word.endsWith("a"))) {
            word = word.substring(0, word.length() - 1);
        }
        if (word.length() > 4 && word.matches(".*([bdgklmnprtz])\\1")) {
            word = word.substring(0, word.length() - 1);
        }
        return word;
    }

    /** How strongly a word of these senses speaks for this skill. */
    double weight(Item item) {
        double best = 0;
        for (Sense sense : item.senses()) {
            double weight = concepts.getOrDefault(sense.concept(), 0.0);
            if (weight > 0) {
                double form =
                        sense.form() == Form.VERB ? 1 : sense.form() == Form.PAST ? 0.2 : 0.75;
                best = Math.max(best, weight * (sense.weak() ? 0.4 : 1) * form);
            }
        }
        boolean called = item.token().plain().equals(Token.plain(verb()));
        if (item.token().isWord() && (item.names().isEmpty() || called)) {
            Double known = stems.get(stem(item.token().plain()));
            if (known == null
                    && item.senses().stream().anyMatch(s -> s.language() == Language.ES)) {
                known = stems.get(stem(LEXICON.withoutClitic(item.token().plain())));
            }
            if (known != null && (item.token().plain().length() > 2 || known == NAMED)) {
                best =
                        Math.max(
                                best,
                                item.is("FREE")
                                        ? known * 0.3
                                        : known == NAMED ? known + 0.6 : known);
            }
        }
        return best;
    }
}
