package dev.outrider.ai.sense;

import static dev.outrider.ai.sense.OnnxFile.GRAPH_INITIALIZER;
import static dev.outrider.ai.sense.OnnxFile.GRAPH_NODE;
import static dev.outrider.ai.sense.OnnxFile.NAME;
import static dev.outrider.ai.sense.OnnxFile.NODE_ATTRIBUTE;
import static dev.outrider.ai.sense.OnnxFile.NODE_INPUT;
import static dev.outrider.ai.sense.OnnxFile.NODE_OPERATOR;
import static dev.outrider.ai.sense.OnnxFile.NODE_OUTPUT;
import static dev.outrider.ai.sense.OnnxFile.TENSOR_NAME;

import dev.outrider.ai.sense.Proto.Field;
import dev.outrider.ai.sense.Proto.Message;
import dev.outrider.ai.sense.Proto.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes dynamic quantization out of a graph. ONNX Runtime's quantizer writes x·w as
 *
 * <pre>
 * DynamicQuantizeLinear(x) → q, s, z     MatMulInteger(q, w, z, wz) → Cast → Mul(s · ws)
 * </pre>
 *
 * which OpenVINO computes step by step and slowly. Here it becomes MatMul(x, (w - wz) · ws), the
 * weights still stored in eight bits; the same for ConvInteger.
 */
final class Dequantizer {
    private static final int ATTRIBUTE_INT = 3;
    private static final int ATTRIBUTE_TYPE = 20;
    private static final int INT_TYPE = 2;
    private static final int FLOAT = 1;
    private static final int TENSOR_DIMENSIONS = 1;

    private final List<Field> nodes;
    private final Map<String, Field> producers = new HashMap<>();
    private final Map<String, List<Field>> users = new HashMap<>();
    private final Map<String, Field> weights = new HashMap<>();
    private final Map<Field, List<Field>> replaced = new HashMap<>();

    Dequantizer(Message graph) {
        nodes = graph.fields(GRAPH_NODE);
        for (Field node : nodes) {
            node.message().texts(NODE_OUTPUT).forEach(name -> producers.put(name, node));
            for (String name : node.message().texts(NODE_INPUT)) {
                users.computeIfAbsent(name, any -> new ArrayList<>()).add(node);
            }
        }
        for (Field weight : graph.fields(GRAPH_INITIALIZER)) {
            weights.put(weight.message().text(TENSOR_NAME), weight);
        }
    }

    /** Whether anything is quantized dynamically. */
    boolean finds() {
        return nodes.stream()
                .anyMatch(
                        node -> node.message().text(NODE_OPERATOR).equals("DynamicQuantizeLinear"));
    }

    /** The nodes, the quantized ones replaced; what is no longer used is still among them. */
    List<Field> nodes() {
        for (Field node : nodes) {
            switch (node.message().text(NODE_OPERATOR)) {
                case "MatMulInteger" -> replace(node.message(), "MatMul");
                case "ConvInteger" -> replace(node.message(), "Conv");
                default -> {}
            }
        }
        var all = new ArrayList<Field>();
        nodes.forEach(node -> all.addAll(replaced.getOrDefault(node, List.of(node))));
        return all;
    }

    private void replace(Message product, String operator) {
        var inputs = product.texts(NODE_INPUT);
        var quantizing = inputs.isEmpty() ? null : producers.get(inputs.getFirst());
        var cast = onlyUser(product, "Cast");
        var scaling = cast == null ? null : onlyUser(cast.message(), "Mul");
        if (inputs.size() < 2
                || quantizing == null
                || cast == null
                || scaling == null
                || !quantizing.message().text(NODE_OPERATOR).equals("DynamicQuantizeLinear")) {
            return;
        }
        var scale = scale(cast.message(), scaling.message(), quantizing.message());
        var zero = inputs.size() > 3 ? inputs.get(3) : "";
        if (scale == null || (operator.equals("Conv") && !(one(scale) && one(zero)))) {
            return;
        }
        var floats = new ArrayList<Field>();
        var result = scaling.message().text(NODE_OUTPUT);
        var weight = unpack(inputs.get(1), zero, scale, result, floats);
        floats.add(
                node(
                        operator,
                        List.of(quantizing.message().text(NODE_INPUT), weight),
                        result,
                        product.fields(NODE_ATTRIBUTE)));
        replaced.put(scaling, floats);
    }

    private @Nullable Field onlyUser(Message node, String operator) {
        var all = users.getOrDefault(node.text(NODE_OUTPUT), List.of());
        return all.size() == 1 && all.getFirst().message().text(NODE_OPERATOR).equals(operator)
                ? all.getFirst()
                : null;
    }

    /** The weights' scale, of the product of both scales that the result is multiplied by. */
    private @Nullable String scale(Message cast, Message scaling, Message quantizing) {
        var factors = new ArrayList<>(scaling.texts(NODE_INPUT));
        factors.remove(cast.text(NODE_OUTPUT));
        var product = factors.size() == 1 ? producers.get(factors.getFirst()) : null;
        var outputs = quantizing.texts(NODE_OUTPUT);
        if (product == null
                || outputs.size() < 2
                || !product.message().text(NODE_OPERATOR).equals("Mul")) {
            return null;
        }
        var scales = new ArrayList<>(product.message().texts(NODE_INPUT));
        boolean ours = scales.remove(outputs.get(1));
        return ours && scales.size() == 1 && constant(scales.getFirst()) ? scales.getFirst() : null;
    }

    private boolean constant(String name) {
        var producer = producers.get(name);
        return weights.containsKey(name)
                || (producer != null && producer.message().text(NODE_OPERATOR).equals("Constant"));
    }

    /** Whether a weight, if it is there at all, is one number for all channels. */
    private boolean one(String name) {
        var weight = weights.get(name);
        return name.isEmpty()
                || (weight != null && weight.message().fields(TENSOR_DIMENSIONS).isEmpty());
    }

    /** Adds the nodes that make floating-point numbers of weights, and names the result. */
    private static String unpack(
            String weight, String zero, String scale, String name, List<Field> out) {
        var toFloat = List.of(toFloat());
        out.add(node("Cast", List.of(weight), name + "/float", toFloat));
        var raw = name + "/float";
        if (!zero.isEmpty()) {
            out.add(node("Cast", List.of(zero), name + "/zero", toFloat));
            out.add(node("Sub", List.of(raw, name + "/zero"), name + "/moved", List.of()));
            raw = name + "/moved";
        }
        out.add(node("Mul", List.of(raw, scale), name + "/weight", List.of()));
        return name + "/weight";
    }

    private static Field toFloat() {
        var out = new Writer();
        out.text(NAME, "to");
        out.number(ATTRIBUTE_INT, FLOAT);
        out.number(ATTRIBUTE_TYPE, INT_TYPE);
        return Field.of(NODE_ATTRIBUTE, out.bytes());
    }

    private static Field node(
            String operator, List<String> inputs, String output, List<Field> attributes) {
        var out = new Writer();
        inputs.forEach(input -> out.text(NODE_INPUT, input));
        out.text(NODE_OUTPUT, output);
        out.text(NODE_OPERATOR, operator);
        attributes.forEach(out::copy);
        return Field.of(GRAPH_NODE, out.bytes());
    }
}
