package dev.outrider.hal.board;

import dev.outrider.hal.board.BoardProfile.Claim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A mapping in a YAML file whose keys are taken one by one; what is left over is a mistake, and so
 * is a resource of the machine that is claimed twice.
 */
final class YamlSection {

    private static final String HEXADECIMAL = "0[xX][0-9a-fA-F]+";

    private final String source;
    private final Node node;
    private final Map<Resource, Claim> claims;
    private final Map<String, Node> left = new HashMap<>();
    private final Map<String, Node> taken = new HashMap<>();

    YamlSection(String source, Node node) {
        this(source, node, new LinkedHashMap<>());
    }

    private YamlSection(String source, Node node, Map<Resource, Claim> claims) {
        this.source = source;
        this.node = node;
        this.claims = claims;
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, "must be a mapping of keys to values");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode());
            if (left.put(key, tuple.getValueNode()) != null) {
                throw wrong(tuple.getKeyNode(), key + ": is here twice");
            }
        }
    }

    private ProfileException wrong(Node where, String reason) {
        return new ProfileException(source, line(where), reason);
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** Something is wrong with the section as a whole. */
    ProfileException wrong(String reason) {
        return wrong(node, reason);
    }

    /** Something is wrong with the value of a key that was taken. */
    ProfileException wrong(String key, String reason) {
        return wrong(taken.getOrDefault(key, node), "%s: %s".formatted(key, reason));
    }

    /**
     * Takes a resource for somebody, at the key that names it.
     *
     * @param by who takes it
     */
    <R extends Resource> R claim(String key, String by, R resource) {
        Node where = taken.getOrDefault(key, node);
        Claim before = claims.putIfAbsent(resource, new Claim(resource, by, source, line(where)));
        if (before != null) {
            throw wrong(
                    where,
                    "%s: %s is taken by %s in line %d already"
                            .formatted(key, resource, before.by(), before.line()));
        }
        return resource;
    }

    /** All that was claimed in this file. */
    List<Claim> claims() {
        return List.copyOf(claims.values());
    }

    private String scalar(Node value) {
        if (value instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(value, "must be a single value");
    }

    boolean has(String key) {
        return left.containsKey(key);
    }

    private Node take(String key) {
        Node value =
                Optional.ofNullable(left.remove(key))
                        .orElseThrow(() -> wrong(node, key + ": is missing"));
        taken.put(key, value);
        return value;
    }

    String text(String key) {
        Node value = take(key);
        String text = scalar(value).strip();
        if (text.isEmpty()) {
            throw wrong(value, key + ": must not be blank");
        }
        return text;
    }

    /** Which of some words stands there, counted from 0. */
    int choice(String key, List<String> words) {
        String text = text(key);
        int index = words.indexOf(text);
        if (index < 0) {
            throw wrong(key, "must be %s, not %s".formatted(String.join(" or ", words), text));
        }
        return index;
    }

    /** The declared safe state, which no output goes without. */
    int safe(List<String> words) {
        if (!has("safe")) {
            throw wrong(
                    "safe: is missing: every output declares its safe state, here %s"
                            .formatted(String.join(" or ", words)));
        }
        return choice("safe", words);
    }

    double number(String key, double least, double most) {
        Node value = take(key);
        String text = scalar(value);
        try {
            double number = Double.parseDouble(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(value, "%s: must be a number, not %s".formatted(key, text));
        }
        throw wrong(value, "%s: must be within %s..%s, not %s".formatted(key, least, most, text));
    }

    int integer(String key, int least, int most) {
        Node value = take(key);
        return integer(key, value, scalar(value), least, most);
    }

    /** A whole number that is part of a key's value. */
    int integer(String key, String text, int least, int most) {
        return integer(key, taken.getOrDefault(key, node), text, least, most);
    }

    private int integer(String key, Node value, String text, int least, int most) {
        try {
            int number =
                    text.matches(HEXADECIMAL)
                            ? Integer.parseInt(text.substring(2), 16)
                            : Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(value, "%s: must be a whole number, not %s".formatted(key, text));
        }
        throw wrong(value, "%s: must be within %d..%d, not %s".formatted(key, least, most, text));
    }

    /** As many single values as asked for. */
    List<String> texts(String key, int count) {
        Node value = take(key);
        if (!(value instanceof SequenceNode sequence) || sequence.getValue().size() != count) {
            throw wrong(value, "%s: must be a list of %d".formatted(key, count));
        }
        var texts = new ArrayList<String>();
        for (Node each : sequence.getValue()) {
            texts.add(scalar(each).strip());
        }
        return texts;
    }

    YamlSection section(String key) {
        return new YamlSection(source, take(key), claims);
    }

    List<YamlSection> sections(String key) {
        Node value = take(key);
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(each -> new YamlSection(source, each, claims))
                    .toList();
        }
        throw wrong(value, key + ": must be a list");
    }

    /** Refuses keys nobody asked for. */
    void end() {
        left.forEach((key, value) -> {
            throw wrong(value, key + ": is not known here");
        });
    }
}
