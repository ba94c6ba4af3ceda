package dev.outrider.ai.sense;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A TensorFlow Lite model's bytes, read as FlatBuffers as far as the importer of detectors needs it
 * (field numbers of schema.fbs): the operator at their end that finds boxes, which OpenVINO does
 * not know, can be cut off, and what it is told can be read.
 */
final class TfLiteFile {
    private static final String POST_PROCESS = "TFLite_Detection_PostProcess";
    private static final int IDENTIFIER = 0x334c4654; // TFL3
    private static final int MODEL_CODES = 1;
    private static final int MODEL_GRAPHS = 2;
    private static final int MODEL_BUFFERS = 4;
    private static final int GRAPH_TENSORS = 0;
    private static final int GRAPH_OUTPUTS = 2;
    private static final int GRAPH_OPERATORS = 3;
    private static final int OPERATOR_CODE = 0;
    private static final int OPERATOR_INPUTS = 1;
    private static final int OPERATOR_OPTIONS = 5;
    private static final int CODE_CUSTOM = 1;
    private static final int TENSOR_SHAPE = 0;
    private static final int TENSOR_TYPE = 1;
    private static final int TENSOR_BUFFER = 2;
    private static final int BUFFER_DATA = 0;
    private static final int FLOAT32 = 0;
    private static final int MAP = 9;
    private static final int MOST_ANCHORS = 1 << 20;

    private final ByteBuffer bytes;
    private final int graph;
    private final int operator;

    /**
     * What the operator is told.
     *
     * @param anchors rows of four: middle from the top, from the left, height, width, all 0..1
     * @param classes kinds it tells apart, without a background
     * @param overlap how much two boxes of a kind share at most, 0..1
     * @param scales what the network's y, x, height and width are divided by
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    record PostProcess(float[] anchors, int classes, double overlap, double[] scales) {
        PostProcess {
            for (double scale : scales) {
                if (!(scale > 0)) {
                    throw new SenseException("this detector divides its boxes by " + scale);
                }
            }
            if (classes < 1 || !(overlap >= 0) || anchors.length % 4 != 0) {
                throw new SenseException(
                        "this detector tells %d kinds apart at %d anchors"
                                .formatted(classes, anchors.length / 4));
            }
        }
    }

    /**
     * @throws SenseException if it is no detector with that operator at its end, or damaged
     */
    TfLiteFile(byte[] content) {
        bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (content.length < 8 || bytes.getInt(4) != IDENTIFIER) {
                throw new SenseException("this is no TensorFlow Lite model");
            }
            int root = at(bytes.getInt(0));
            graph = table(vector(root, MODEL_GRAPHS), 0);
            int operators = vector(graph, GRAPH_OPERATORS);
            operator = table(operators, size(operators) - 1);
            int code = table(vector(root, MODEL_CODES), number(operator, OPERATOR_CODE));
            int name = field(code, CODE_CUSTOM);
            if (name == 0 || !text(reference(name)).equals(POST_PROCESS)) {
                throw new SenseException(
                        "this TensorFlow Lite model is no detector: it does not end in "
                                + POST_PROCESS);
            }
        } catch (IndexOutOfBoundsException e) {
            throw damaged(e);
        }
    }

    /** The model without that operator: it gives raw boxes and scores instead. */
    byte[] cut() {
        try {
            var cut = ByteBuffer.wrap(bytes.array().clone()).order(ByteOrder.LITTLE_ENDIAN);
            int operators = vector(graph, GRAPH_OPERATORS);
            cut.putInt(operators, size(operators) - 1);
            int outputs = vector(graph, GRAPH_OUTPUTS);
            if (size(outputs) < 2) {
                throw new SenseException("this detector has %d outputs".formatted(size(outputs)));
            }
            cut.putInt(outputs, 2);
            cut.putInt(outputs + 4, input(0));
            cut.putInt(outputs + 8, input(1));
            return cut.array();
        } catch (IndexOutOfBoundsException e) {
            throw damaged(e);
        }
    }

    /** What the operator is told. */
    PostProcess postProcess() {
        try {
            int options = vector(operator, OPERATOR_OPTIONS);
            var told = map(options + 4, size(options));
            var scales = new double[4];
            var names = new String[] {"y_scale", "x_scale", "h_scale", "w_scale"};
            for (int i = 0; i < 4; i++) {
                scales[i] = told.getOrDefault(names[i], Double.NaN);
            }
            return new PostProcess(
                    anchors(),
                    told.getOrDefault("num_classes", 0.0).intValue(),
                    told.getOrDefault("nms_iou_threshold", Double.NaN),
                    scales);
        } catch (IndexOutOfBoundsException e) {
            throw damaged(e);
        }
    }

    private float[] anchors() {
        int root = at(bytes.getInt(0));
        int tensor = table(vector(graph, GRAPH_TENSORS), input(2));
        int shape = vector(tensor, TENSOR_SHAPE);
        int type = field(tensor, TENSOR_TYPE);
        int n = size(shape) == 2 && bytes.getInt(shape + 8) == 4 ? bytes.getInt(shape + 4) : -1;
        if (n < 1 || n > MOST_ANCHORS || (type != 0 && bytes.get(type) != FLOAT32)) {
            throw new SenseException("the anchors of this detector are not rows of four numbers");
        }
        int data =
                vector(
                        table(vector(root, MODEL_BUFFERS), number(tensor, TENSOR_BUFFER)),
                        BUFFER_DATA);
        if (size(data) != 16L * n) {
            throw new SenseException("the anchors of this detector are cut short");
        }
        var anchors = new float[4 * n];
        bytes.slice(data + 4, 16 * n).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(anchors);
        return anchors;
    }

    private int input(int index) {
        int inputs = vector(operator, OPERATOR_INPUTS);
        if (index >= size(inputs)) {
            throw new IndexOutOfBoundsException("input " + index);
        }
        return bytes.getInt(inputs + 4 + 4 * index);
    }

    /** A position, which must lie in the file. */
    private int at(long position) {
        if (position < 0 || position > bytes.limit() - 4) {
            throw new IndexOutOfBoundsException("position " + position);
        }
        return (int) position;
    }

    private int reference(int position) {
        return at(position + Integer.toUnsignedLong(bytes.getInt(position)));
    }

    /** Where a field of a table lies; 0 if it is not there. */
    private int field(int table, int index) {
        int fields = at((long) table - bytes.getInt(table));
        int offset = 4 + 2 * index;
        if (offset + 2 > Short.toUnsignedInt(bytes.getShort(fields))) {
            return 0;
        }
        int from = Short.toUnsignedInt(bytes.getShort(fields + offset));
        return from == 0 ? 0 : table + from;
    }

    private int number(int table, int index) {
        int field = field(table, index);
        return field == 0 ? 0 : bytes.getInt(field);
    }

    /** Where a vector begins: with its size. */
    private int vector(int table, int index) {
        int field = field(table, index);
        if (field == 0) {
            throw new IndexOutOfBoundsException("no field " + index);
        }
        return reference(field);
    }

    private int size(int vector) {
        int size = bytes.getInt(vector);
        if (size < 0 || size > bytes.limit() - vector - 4) {
            throw new IndexOutOfBoundsException("size " + size);
        }
        return size;
    }

    private int table(int vector, int index) {
        if (index < 0 || index >= size(vector)) {
            throw new IndexOutOfBoundsException("element " + index);
        }
        return reference(at(vector + 4L + 4L * index));
    }

    private String text(int position) {
        int n = size(position);
        return new String(bytes.array(), position + 4, n, StandardCharsets.UTF_8);
    }

    /** A FlexBuffers map of numbers (flexbuffers.h): it ends in the type and width of its root. */
    private Map<String, Double> map(int from, int length) {
        int end = from + length;
        int rootWidth = bytes.get(end - 1);
        int packed = Byte.toUnsignedInt(bytes.get(end - 2));
        if (packed >> 2 != MAP) {
            throw new SenseException("the options of this detector are no map");
        }
        int width = 1 << (packed & 3);
        int slot = end - 2 - rootWidth;
        int values = inside(slot - whole(slot, rootWidth), from, end);
        long n = whole(values - width, width);
        int keySlot = values - 3 * width;
        int keyWidth = (int) whole(values - 2 * width, width);
        int keys = inside(keySlot - whole(keySlot, width), from, end);
        if (n < 0 || n > length) {
            throw new IndexOutOfBoundsException("size " + n);
        }
        var map = new TreeMap<String, Double>();
        for (int i = 0; i < n; i++) {
            int key = keys + i * keyWidth;
            map.put(
                    zeroEnded(inside(key - whole(key, keyWidth), from, end), end),
                    value(
                            values + i * width,
                            width,
                            Byte.toUnsignedInt(bytes.get((int) (values + n * width + i))) >> 2));
        }
        return map;
    }

    private static int inside(long position, int from, int end) {
        if (position < from || position >= end) {
            throw new IndexOutOfBoundsException("position " + position);
        }
        return (int) position;
    }

    private String zeroEnded(int from, int end) {
        int to = from;
        while (to < end && bytes.get(to) != 0) {
            to++;
        }
        return new String(bytes.array(), from, to - from, StandardCharsets.UTF_8);
    }

    private double value(int at, int width, int type) {
        return type != 3
                ? whole(at, width)
                : width == 8 ? bytes.getDouble(at) : width == 4 ? bytes.getFloat(at) : Double.NaN;
    }

    private long whole(int at, int width) {
        return switch (width) {
            case 1 -> Byte.toUnsignedLong(bytes.get(at));
            case 2 -> Short.toUnsignedLong(bytes.getShort(at));
            case 4 -> Integer.toUnsignedLong(bytes.getInt(at));
            case 8 -> bytes.getLong(at);
            default -> throw new IndexOutOfBoundsException("width " + width);
        };
    }

    private static SenseException damaged(RuntimeException e) {
        return new SenseException("this TensorFlow Lite model is damaged: " + e.getMessage(), e);
    }
}
