package dev.outrider.ai.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Writes small ONNX models; field numbers as in onnx.proto. */
public final class OnnxModel {
    /** Element types as ONNX numbers them. */
    public static final int FLOAT = 1;

    public static final int UINT8 = 2;
    public static final int INT64 = 7;
    public static final int BOOL = 9;

    private static final int OPSET = 13;

    private final List<Protobuf> nodes = new ArrayList<>();
    private final List<Protobuf> weights = new ArrayList<>();
    private final List<Protobuf> inputs = new ArrayList<>();
    private final List<Protobuf> outputs = new ArrayList<>();

    /** One node; the attributes as {@link #ints}, {@link #number} or {@link #branch} make them. */
    public OnnxModel node(
            String operator, List<String> in, List<String> out, Protobuf... attributes) {
        var node = new Protobuf();
        in.forEach(name -> node.text(1, name));
        out.forEach(name -> node.text(2, name));
        node.text(3, operator + "_" + out.getFirst()).text(4, operator);
        for (Protobuf attribute : attributes) {
            node.message(5, attribute);
        }
        nodes.add(node);
        return this;
    }

    public static Protobuf ints(String name, long... values) {
        var attribute = new Protobuf().text(1, name);
        for (long value : values) {
            attribute.number(8, value);
        }
        return attribute.number(20, 7);
    }

    public static Protobuf number(String name, long value) {
        return new Protobuf().text(1, name).number(3, value).number(20, 2);
    }

    /** A graph as an attribute, such as a branch of an If. */
    public static Protobuf branch(String name, OnnxModel graph) {
        return new Protobuf().text(1, name).message(6, graph.graph(name)).number(20, 5);
    }

    public OnnxModel weight(String name, float[] values, long... dims) {
        var raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return weight(name, FLOAT, raw.array(), dims);
    }

    public OnnxModel weight(String name, long[] values, long... dims) {
        var raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return weight(name, INT64, raw.array(), dims);
    }

    public OnnxModel weight(String name, int type, byte[] raw, long... dims) {
        var tensor = new Protobuf();
        for (long dim : dims) {
            tensor.number(1, dim);
        }
        weights.add(tensor.number(2, type).text(8, name).bytes(9, raw));
        return this;
    }

    /** A weight that lies in another file. */
    public OnnxModel outside(String name, String location, long... dims) {
        var tensor = new Protobuf();
        for (long dim : dims) {
            tensor.number(1, dim);
        }
        var place = new Protobuf().text(1, "location").text(2, location);
        weights.add(tensor.number(2, FLOAT).text(8, name).message(13, place).number(14, 1));
        return this;
    }

    /** An input; a text stands for an open dimension. */
    public OnnxModel input(String name, int type, Object... dims) {
        inputs.add(value(name, type, dims));
        return this;
    }

    public OnnxModel output(String name, int type, Object... dims) {
        outputs.add(value(name, type, dims));
        return this;
    }

    private static Protobuf value(String name, int type, Object... dims) {
        var shape = new Protobuf();
        for (Object dim : dims) {
            shape.message(
                    1,
                    dim instanceof String open
                            ? new Protobuf().text(2, open)
                            : new Protobuf().number(1, ((Number) dim).longValue()));
        }
        var tensor = new Protobuf().number(1, type).message(2, shape);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }

    private Protobuf graph(String name) {
        var graph = new Protobuf();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, name);
        weights.forEach(weight -> graph.message(5, weight));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        return graph;
    }

    public byte[] toByteArray() {
        return new Protobuf()
                .number(1, 8)
                .message(7, graph("main"))
                .message(8, new Protobuf().text(1, "").number(2, OPSET))
                .toByteArray();
    }

    /** y = 2 x, for x of one row of three. */
    public static byte[] doubling() {
        return new OnnxModel()
                .weight("two", new float[] {2}, 1)
                .input("x", FLOAT, 1, 3)
                .node("Mul", List.of("x", "two"), List.of("y"))
                .output("y", FLOAT, 1, 3)
                .toByteArray();
    }

    /** y = 2 x, for x of any number of rows of three. */
    public static byte[] doublingRows() {
        return new OnnxModel()
                .weight("two", new float[] {2}, 1)
                .input("x", FLOAT, "rows", 3)
                .node("Mul", List.of("x", "two"), List.of("y"))
                .output("y", FLOAT, "rows", 3)
                .toByteArray();
    }

    /** Red, green and blue of a picture of any size: how much of each there is. */
    public static byte[] colours() {
        return new OnnxModel()
                .weight("kernel", new float[] {8, -8, -8, -8, 8, -8, -8, -8, 8}, 3, 3, 1, 1)
                .input("images", FLOAT, "n", 3, "h", "w")
                .node(
                        "Conv",
                        List.of("images", "kernel"),
                        List.of("opposed"),
                        ints("kernel_shape", 1, 1))
                .node("Relu", List.of("opposed"), List.of("mask"))
                .node("GlobalAveragePool", List.of("mask"), List.of("mean"))
                .node("Flatten", List.of("mean"), List.of("y"))
                .output("y", FLOAT, "n", 3)
                .toByteArray();
    }
}
