package dev.outrider.hal.board;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A mapping in a YAML file whose keys are taken one by one; what is left over is a mistake. */
final class YamlSection {

    private final String source;
    private final Node node;
    private final Map<String, Node> left = new HashMap<>();

    YamlSection(String source, Node node) {
        this.source = source;
        this.node = node;
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
        return new ProfileException(source, where.getStartMark().getLine() + 1, reason);
    }

    /** Something is wrong with the section as a whole. */
    ProfileException wrong(String reason) {
        return wrong(node, reason);
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
        return Optional.ofNullable(left.remove(key))
                .orElseThrow(() -> wrong(node, key + ": is missing"));
    }

    String text(String key) {
        Node value = take(key);
        String text = scalar(value).strip();
        if (text.isEmpty()) {
            throw wrong(value, key + ": must not be blank");
        }
        return text;
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
        return integer(key, value, least, most);
    }

    private int integer(String key, Node value, int least, int most) {
        String text = scalar(value);
        try {
            int number = Integer.decode(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(value, "%s: must be a whole number, not %s".formatted(key, text));
        }
        throw wrong(value, "%s: must be within %d..%d, not %s".formatted(key, least, most, text));
    }

    /** As many whole numbers as asked for. */
    List<Integer> integers(String key, int count, int least, int most) {
        Node value = take(key);
        if (value instanceof SequenceNode sequence && sequence.getValue().size() == count) {
            return sequence.getValue().stream()
                    .map(each -> integer(key, each, least, most))
                    .toList();
        }
        throw wrong(value, "%s: must be a list of %d whole numbers".formatted(key, count));
    }

    YamlSection section(String key) {
        return new YamlSection(source, take(key));
    }

    List<YamlSection> sections(String key) {
        Node value = take(key);
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(each -> new YamlSection(source, each)).toList();
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
