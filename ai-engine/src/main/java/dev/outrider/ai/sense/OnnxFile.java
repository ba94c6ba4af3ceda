package dev.outrider.ai.sense;

import dev.outrider.ai.sense.Proto.Field;
import dev.outrider.ai.sense.Proto.Message;
import dev.outrider.ai.sense.Proto.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An ONNX model's bytes, read as protocol buffers as far as importers need it (field numbers of
 * onnx.proto): its metadata, the two halves of a decoder that was merged into one If, and the same
 * model without dynamic quantization.
 */
final class OnnxFile {
    static final int GRAPH_NODE = 1;
    static final int GRAPH_INITIALIZER = 5;
    static final int GRAPH_OUTPUT = 12;
    static final int NODE_INPUT = 1;
    static final int NODE_OUTPUT = 2;
    static final int NODE_OPERATOR = 4;
    static final int NODE_ATTRIBUTE = 5;
    static final int TENSOR_NAME = 8;
    static final int NAME = 1;
    private static final int MODEL_GRAPH = 7;
    private static final int MODEL_METADATA = 14;
    private static final int GRAPH_NAME = 2;
    private static final int GRAPH_INPUT = 11;
    private static final int GRAPH_VALUES = 13;
    private static final int ATTRIBUTE_GRAPH = 6;
    private static final int DEEPEST = 32;

    private final Message model;

    OnnxFile(byte[] bytes) {
        model = Message.of(bytes);
    }

    /** Its metadata, such as an alphabet. */
    Map<String, String> metadata() {
        var all = new HashMap<String, String>();
        for (Field field : model.fields(MODEL_METADATA)) {
            all.put(field.message().text(1), field.message().text(2));
        }
        return all;
    }

    /**
     * The model that a merged decoder is in one of its cases: the nodes of that branch of its If,
     * with the outputs named as the If names them.
     *
     * @param branch {@code then_branch} or {@code else_branch}
     * @param keep which outputs to keep, by name
     */
    byte[] branch(String branch, Predicate<String> keep) {
        var graph = graph();
        var nodes = graph.fields(GRAPH_NODE);
        var choices =
                nodes.stream()
                        .filter(node -> node.message().text(NODE_OPERATOR).equals("If"))
                        .toList();
        if (choices.size() != 1) {
            throw new SenseException(
                    "a merged decoder has one If, this model has " + choices.size());
        }
        var choice = choices.getFirst().message();
        var chosen = branchOf(choice, branch);
        var merged = new Merged(keep);
        nodes.stream().filter(node -> !node.equals(choices.getFirst())).forEach(merged.nodes::add);
        merged.nodes.addAll(chosen.fields(GRAPH_NODE));
        for (var part : List.of(graph, chosen)) {
            merged.weights.addAll(part.fields(GRAPH_INITIALIZER));
        }
        merged.inputs.addAll(graph.fields(GRAPH_INPUT));
        var inner = chosen.fields(GRAPH_OUTPUT);
        var outer = choice.texts(NODE_OUTPUT);
        if (inner.size() != outer.size()) {
            throw new SenseException("the branches of this model's If are damaged");
        }
        for (int i = 0; i < outer.size(); i++) {
            merged.output(outer.get(i), inner.get(i));
        }
        return model(merged.graph(branch));
    }

    /**
     * The same model computed in floating point: where it rounds what it computes to eight bits and
     * multiplies whole numbers, it multiplies by the weights those stand for.
     *
     * @param keep which outputs to keep, by name
     */
    byte[] dequantized(Predicate<String> keep) {
        var graph = graph();
        var outputs =
                graph.fields(GRAPH_OUTPUT).stream()
                        .filter(output -> keep.test(output.message().text(NAME)))
                        .toList();
        if (outputs.isEmpty()) {
            throw new SenseException("this model has none of the outputs that are wanted");
        }
        var needed = new HashSet<String>();
        outputs.forEach(output -> needed.add(output.message().text(NAME)));
        var out = new Writer();
        live(new Dequantizer(graph).nodes(), needed).forEach(out::copy);
        for (Field field : graph.fields()) {
            switch (field.number()) {
                case GRAPH_NODE, GRAPH_VALUES, GRAPH_OUTPUT -> {}
                case GRAPH_INITIALIZER -> {
                    if (needed.contains(field.message().text(TENSOR_NAME))) {
                        out.copy(field);
                    }
                }
                default -> out.copy(field);
            }
        }
        outputs.forEach(out::copy);
        return model(out);
    }

    /** The same without dynamic quantization; the very same bytes if there is none. */
    static byte[] plain(byte[] onnx) {
        var file = new OnnxFile(onnx);
        return new Dequantizer(file.graph()).finds() ? file.dequantized(output -> true) : onnx;
    }

    private Message graph() {
        return only(model.fields(), MODEL_GRAPH, "graph").message();
    }

    private static Message branchOf(Message choice, String branch) {
        for (Field attribute : choice.fields(NODE_ATTRIBUTE)) {
            if (attribute.message().text(NAME).equals(branch)) {
                return only(attribute.message().fields(), ATTRIBUTE_GRAPH, branch).message();
            }
        }
        throw new SenseException("this model's If has no " + branch);
    }

    private static Field only(List<Field> fields, int number, String what) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .findFirst()
                .orElseThrow(() -> new SenseException("this ONNX file has no " + what));
    }

    private byte[] model(Writer graph) {
        var out = new Writer();
        for (Field field : model.fields()) {
            if (field.number() == MODEL_GRAPH) {
                out.message(MODEL_GRAPH, graph);
            } else {
                out.copy(field);
            }
        }
        return out.bytes();
    }

    /**
     * The nodes that something needs, in their order.
     *
     * @param needed names that are needed; what the nodes need is added
     */
    private static List<Field> live(List<Field> nodes, Set<String> needed) {
        var kept = new ArrayList<Field>();
        for (Field node : nodes.reversed()) {
            if (node.message().texts(NODE_OUTPUT).stream().anyMatch(needed::contains)) {
                needed.addAll(node.message().texts(NODE_INPUT));
                capture(node.message(), needed, 0);
                kept.add(node);
            }
        }
        return kept.reversed();
    }

    /** Adds the names that the node's own subgraphs use, which may come from outside of them. */
    private static void capture(Message node, Set<String> names, int depth) {
        if (depth > DEEPEST) {
            throw new SenseException("the graphs of this ONNX file lie too deep in one another");
        }
        for (Field attribute : node.fields(NODE_ATTRIBUTE)) {
            for (Field graph : attribute.message().fields(ATTRIBUTE_GRAPH)) {
                for (Field inner : graph.message().fields(GRAPH_NODE)) {
                    names.addAll(inner.message().texts(NODE_INPUT));
                    capture(inner.message(), names, depth + 1);
                }
            }
        }
    }

    /** A graph put together of an outer one and a branch; what feeds nothing is left out. */
    private static final class Merged {
        private final Predicate<String> keep;
        private final List<Field> nodes = new ArrayList<>();
        private final List<Field> weights = new ArrayList<>();
        private final List<Field> inputs = new ArrayList<>();
        private final List<Output> outputs = new ArrayList<>();

        /** An output of the If, and what the branch calls it. */
        private record Output(String name, Field inner) {
            String source() {
                return inner.message().text(NAME);
            }
        }

        Merged(Predicate<String> keep) {
            this.keep = keep;
        }

        void output(String name, Field inner) {
            if (keep.test(name)) {
                outputs.add(new Output(name, inner));
            }
        }

        Writer graph(String name) {
            var needed = new HashSet<String>();
            outputs.forEach(output -> needed.add(output.source()));
            var out = new Writer();
            live(nodes, needed).forEach(out::copy);
            for (Output output : outputs) {
                if (!output.name().equals(output.source())) {
                    out.message(GRAPH_NODE, identity(output.source(), output.name()));
                }
            }
            out.text(GRAPH_NAME, name);
            weights.stream()
                    .filter(weight -> needed.contains(weight.message().text(TENSOR_NAME)))
                    .forEach(out::copy);
            inputs.stream()
                    .filter(input -> needed.contains(input.message().text(NAME)))
                    .forEach(out::copy);
            outputs.forEach(output -> out.message(GRAPH_OUTPUT, renamed(output)));
            return out;
        }

        private static byte[] renamed(Output output) {
            var out = new Writer();
            out.text(NAME, output.name());
            output.inner().message().fields().stream()
                    .filter(field -> field.number() != NAME)
                    .forEach(out::copy);
            return out.bytes();
        }

        private static byte[] identity(String from, String to) {
            var out = new Writer();
            out.text(NODE_INPUT, from);
            out.text(NODE_OUTPUT, to);
            out.text(NODE_OPERATOR, "Identity");
            return out.bytes();
        }
    }
}
