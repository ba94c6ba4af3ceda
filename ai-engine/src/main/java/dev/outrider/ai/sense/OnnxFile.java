package dev.outrider.ai.sense;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An ONNX model's bytes, read as protocol buffers as far as importers need it (field numbers of
 * onnx.proto): its metadata, and the two halves of a decoder that was merged into one If.
 */
final class OnnxFile {
    private static final int MODEL_GRAPH = 7;
    private static final int MODEL_METADATA = 14;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_INPUT = 11;
    private static final int GRAPH_OUTPUT = 12;
    private static final int NODE_INPUT = 1;
    private static final int NODE_OUTPUT = 2;
    private static final int NODE_OPERATOR = 4;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int ATTRIBUTE_GRAPH = 6;
    private static final int TENSOR_NAME = 8;
    private static final int NAME = 1;

    private final byte[] bytes;
    private final Message model;

    OnnxFile(byte[] bytes) {
        this.bytes = bytes;
        model = new Message(0, bytes.length);
    }

    /** Its metadata, such as an alphabet. */
    Map<String, String> metadata() {
        var all = new HashMap<String, String>();
        for (Field field : model.fields()) {
            if (field.number == MODEL_METADATA) {
                all.put(field.message().text(1), field.message().text(2));
            }
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
        var graph = only(model.fields(), MODEL_GRAPH, "graph").message();
        var nodes = graph.fields().stream().filter(f -> f.number == GRAPH_NODE).toList();
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
        nodes.stream().filter(node -> node != choices.getFirst()).forEach(merged.nodes::add);
        chosen.fields().stream().filter(f -> f.number == GRAPH_NODE).forEach(merged.nodes::add);
        for (var part : List.of(graph, chosen)) {
            part.fields().stream()
                    .filter(f -> f.number == GRAPH_INITIALIZER)
                    .forEach(merged.weights::add);
        }
        graph.fields().stream().filter(f -> f.number == GRAPH_INPUT).forEach(merged.inputs::add);
        var inner = chosen.fields().stream().filter(f -> f.number == GRAPH_OUTPUT).toList();
        var outer = choice.texts(NODE_OUTPUT);
        if (inner.size() != outer.size()) {
            throw new SenseException("the branches of this model's If are damaged");
        }
        for (int i = 0; i < outer.size(); i++) {
            merged.output(outer.get(i), inner.get(i));
        }
        return model(merged.graph(branch));
    }

    private Message branchOf(Message choice, String branch) {
        for (Field attribute : choice.fields()) {
            if (attribute.number == NODE_ATTRIBUTE
                    && attribute.message().text(NAME).equals(branch)) {
                return only(attribute.message().fields(), ATTRIBUTE_GRAPH, branch).message();
            }
        }
        throw new SenseException("this model's If has no " + branch);
    }

    private static Field only(List<Field> fields, int number, String what) {
        return fields.stream()
                .filter(field -> field.number == number)
                .findFirst()
                .orElseThrow(() -> new SenseException("this ONNX file has no " + what));
    }

    private byte[] model(byte[] graph) {
        var out = new Writer();
        for (Field field : model.fields()) {
            if (field.number == MODEL_GRAPH) {
                out.message(MODEL_GRAPH, graph);
            } else {
                out.copy(field);
            }
        }
        return out.bytes();
    }

    /** A graph put together of an outer one and a branch; what feeds nothing is left out. */
    private final class Merged {
        private final Predicate<String> keep;
        private final List<Field> nodes = new ArrayList<>();
        private final List<Field> weights = new ArrayList<>();
        private final List<Field> inputs = new ArrayList<>();
        private final Map<String, Field> outputs = new HashMap<>();
        private final List<String> order = new ArrayList<>();
        private final Map<String, String> source = new HashMap<>();

        Merged(Predicate<String> keep) {
            this.keep = keep;
        }

        void output(String name, Field inner) {
            if (keep.test(name)) {
                outputs.put(name, inner);
                order.add(name);
                source.put(name, inner.message().text(NAME));
            }
        }

        byte[] graph(String name) {
            var needed = new HashSet<>(source.values());
            var kept = new ArrayList<Field>();
            for (Field node : nodes.reversed()) {
                if (node.message().texts(NODE_OUTPUT).stream().anyMatch(needed::contains)) {
                    needed.addAll(node.message().texts(NODE_INPUT));
                    needed.addAll(node.captured());
                    kept.add(node);
                }
            }
            var out = new Writer();
            kept.reversed().forEach(out::copy);
            for (String output : order) {
                if (!output.equals(source.get(output))) {
                    out.message(GRAPH_NODE, identity(source.getOrDefault(output, ""), output));
                }
            }
            out.text(2, name);
            weights.stream()
                    .filter(weight -> needed.contains(weight.message().text(TENSOR_NAME)))
                    .forEach(out::copy);
            inputs.stream()
                    .filter(input -> needed.contains(input.message().text(NAME)))
                    .forEach(out::copy);
            order.forEach(output -> out.message(GRAPH_OUTPUT, renamed(output)));
            return out.bytes();
        }

        private byte[] renamed(String output) {
            var field = outputs.get(output);
            var out = new Writer();
            out.text(NAME, output);
            if (field != null) {
                field.message().fields().stream().filter(f -> f.number != NAME).forEach(out::copy);
            }
            return out.bytes();
        }

        private byte[] identity(String from, String to) {
            var out = new Writer();
            out.text(NODE_INPUT, from);
            out.text(NODE_OUTPUT, to);
            out.text(NODE_OPERATOR, "Identity");
            return out.bytes();
        }
    }

    /** One field: its number and where its tag and its content lie. */
    private final class Field {
        private final int number;
        private final int tag;
        private final int from;
        private final int to;

        Field(int number, int tag, int from, int to) {
            this.number = number;
            this.tag = tag;
            this.from = from;
            this.to = to;
        }

        Message message() {
            return new Message(from, to);
        }

        String text() {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }

        /** Names that the node's own subgraphs use, which may come from outside of them. */
        List<String> captured() {
            var names = new ArrayList<String>();
            for (Field attribute : message().fields()) {
                if (attribute.number == NODE_ATTRIBUTE) {
                    for (Field graph : attribute.message().fields()) {
                        if (graph.number == ATTRIBUTE_GRAPH) {
                            for (Field node : graph.message().fields()) {
                                if (node.number == GRAPH_NODE) {
                                    names.addAll(node.message().texts(NODE_INPUT));
                                    names.addAll(node.captured());
                                }
                            }
                        }
                    }
                }
            }
            return names;
        }
    }

    /** A message between two places of the file. */
    private final class Message {
        private final int from;
        private final int to;

        Message(int from, int to) {
            this.from = from;
            this.to = to;
        }

        List<Field> fields() {
            var fields = new ArrayList<Field>();
            var cursor = new Cursor(from, to);
            while (cursor.at < to) {
                fields.add(cursor.field());
            }
            return fields;
        }

        String text(int number) {
            return fields().stream()
                    .filter(field -> field.number == number)
                    .findFirst()
                    .map(Field::text)
                    .orElse("");
        }

        List<String> texts(int number) {
            return fields().stream()
                    .filter(field -> field.number == number)
                    .map(Field::text)
                    .toList();
        }
    }

    private final class Cursor {
        private int at;
        private final int end;

        Cursor(int at, int end) {
            this.at = at;
            this.end = end;
        }

        Field field() {
            int tag = at;
            long key = varint();
            int number = (int) (key >>> 3);
            int wire = (int) key & 7;
            int content = at;
            switch (wire) {
                case 0 -> varint();
                case 1 -> skip(8);
                case 5 -> skip(4);
                case 2 -> {
                    long length = varint();
                    content = at;
                    skip(length);
                }
                default -> throw damaged();
            }
            return new Field(number, tag, content, at);
        }

        private void skip(long length) {
            if (length < 0 || length > end - at) {
                throw damaged();
            }
            at += (int) length;
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                if (at >= end) {
                    throw damaged();
                }
                byte next = bytes[at++];
                value |= (next & 127L) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw damaged();
        }

        private SenseException damaged() {
            return new SenseException("this ONNX file is damaged at byte " + at);
        }
    }

    private final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        void copy(Field field) {
            out.write(bytes, field.tag, field.to - field.tag);
        }

        void text(int number, String text) {
            message(number, text.getBytes(StandardCharsets.UTF_8));
        }

        void message(int number, byte[] content) {
            varint(number * 8L + 2);
            varint(content.length);
            out.writeBytes(content);
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~127L) != 0) {
                out.write((int) ((rest & 127) | 128));
                rest >>>= 7;
            }
            out.write((int) rest);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
