package dev.outrider.ai.openvino;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations on pictures and lists that translators use. DJL's interface has fifty more, for
 * training and layers; a proxy answers those.
 */
final class OvOperations implements InvocationHandler {
    private final OvArray array;

    private OvOperations(OvArray array) {
        this.array = array;
    }

    static NDArrayEx of(OvArray array) {
        return (NDArrayEx)
                Proxy.newProxyInstance(
                        OvOperations.class.getClassLoader(),
                        new Class<?>[] {NDArrayEx.class},
                        new OvOperations(array));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
        var arguments = given == null ? new Object[0] : given;
        return switch (method.getName()) {
            case "getArray" -> array;
            case "toTensor" -> toTensor();
            case "normalize" -> normalize((float[]) arguments[0], (float[]) arguments[1]);
            case "resize" ->
                    resize((int) arguments[0], (int) arguments[1], (int) arguments[2] == 0);
            case "crop" ->
                    crop(
                            (int) arguments[0],
                            (int) arguments[1],
                            (int) arguments[2],
                            (int) arguments[3]);
            case "stack" -> joined((NDList) arguments[0], (int) arguments[1], true);
            case "concat" -> joined((NDList) arguments[0], (int) arguments[1], false);
            case "where" -> where((OvArray) arguments[0], (OvArray) arguments[1]);
            default -> {
                if (method.isDefault()) {
                    yield InvocationHandler.invokeDefault(proxy, method, given);
                }
                throw new UnsupportedOperationException(
                        "arrays of the OpenVINO engine have no " + method.getName());
            }
        };
    }

    private NDArray toTensor() {
        var channelsFirst =
                array.getShape().dimension() == 4
                        ? array.transpose(0, 3, 1, 2)
                        : array.transpose(2, 0, 1);
        return channelsFirst.toType(DataType.FLOAT32, false).div(255);
    }

    private NDArray normalize(float[] mean, float[] deviation) {
        var shape = array.getShape();
        int rank = shape.dimension();
        int channels = Math.toIntExact(shape.get(rank - 3));
        int plane = Math.toIntExact(shape.get(rank - 2) * shape.get(rank - 1));
        var from = array.values();
        return array.make(DataType.FLOAT32, shape)
                .fill(i -> {
                    int c = i / plane % channels;
                    return (from.applyAsDouble(i) - mean[c]) / deviation[c];
                });
    }

    /** Height, width, channels; pixel centres at halves, as OpenCV has it. */
    private NDArray resize(int width, int height, boolean nearest) {
        int rows = Math.toIntExact(array.getShape().get(0));
        int columns = Math.toIntExact(array.getShape().get(1));
        int channels = Math.toIntExact(array.getShape().get(2));
        var from = array.values();
        var result = array.make(DataType.FLOAT32, new Shape(height, width, channels));
        return result.fill(i -> {
            int c = i % channels;
            int x = i / channels % width;
            int y = i / channels / width;
            if (nearest) {
                int row = Math.min(rows - 1, y * rows / height);
                int column = Math.min(columns - 1, x * columns / width);
                return from.applyAsDouble((row * columns + column) * channels + c);
            }
            double fy = Math.max(0, (y + 0.5) * rows / height - 0.5);
            double fx = Math.max(0, (x + 0.5) * columns / width - 0.5);
            int y0 = (int) fy;
            int x0 = (int) fx;
            int y1 = Math.min(y0 + 1, rows - 1);
            int x1 = Math.min(x0 + 1, columns - 1);
            double v = fy - y0;
            double u = fx - x0;
            double top =
                    from.applyAsDouble((y0 * columns + x0) * channels + c) * (1 - u)
                            + from.applyAsDouble((y0 * columns + x1) * channels + c) * u;
            double bottom =
                    from.applyAsDouble((y1 * columns + x0) * channels + c) * (1 - u)
                            + from.applyAsDouble((y1 * columns + x1) * channels + c) * u;
            return top * (1 - v) + bottom * v;
        });
    }

    private NDArray crop(int x, int y, int width, int height) {
        return array.get(new NDIndex("%d:%d,%d:%d".formatted(y, y + height, x, x + width)));
    }

    private NDArray joined(NDList others, int axis, boolean stack) {
        List<OvArray> parts = new ArrayList<>();
        parts.add(array);
        others.forEach(other -> parts.add((OvArray) other));
        if (stack) {
            parts.replaceAll(part -> (OvArray) part.expandDims(axis));
        }
        var dims = parts.getFirst().getShape().getShape().clone();
        int at = axis < 0 ? axis + dims.length : axis;
        long outer = 1;
        for (int i = 0; i < at; i++) {
            outer *= dims[i];
        }
        dims[at] = parts.stream().mapToLong(part -> part.getShape().get(at)).sum();
        var result = array.make(array.getDataType(), new Shape(dims));
        var out = result.toByteBuffer(false);
        for (long o = 0; o < outer; o++) {
            for (OvArray part : parts) {
                var in = part.toByteBuffer(false);
                int row = Math.toIntExact(in.capacity() / outer);
                out.put(in.slice(Math.toIntExact(o * row), row));
            }
        }
        return result;
    }

    private NDArray where(OvArray condition, OvArray other) {
        var chosen = condition.values();
        var mine = array.values();
        var theirs = ((OvArray) other.broadcast(array.getShape())).values();
        return array.make(array.getDataType(), array.getShape())
                .fill(i ->
                        chosen.applyAsDouble(i) != 0
                                ? mine.applyAsDouble(i)
                                : theirs.applyAsDouble(i));
    }
}
