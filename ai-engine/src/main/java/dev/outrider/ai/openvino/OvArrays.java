package dev.outrider.ai.openvino;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Makes arrays; their memory goes with the collector. */
class OvArrays extends BaseNDManager {
    static final OvArrays SYSTEM = new SystemManager();

    private OvArrays(@Nullable NDManager parent, @Nullable Device device) {
        super(parent, device);
    }

    @Override
    public ByteBuffer allocateDirect(int capacity) {
        return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    }

    @Override
    public @Nullable NDArray from(@Nullable NDArray array) {
        if (array == null || array instanceof OvArray) {
            return array;
        }
        var copy = create(array.toByteBuffer(), array.getShape(), array.getDataType());
        copy.setName(array.getName());
        return copy;
    }

    @Override
    public NDArray create(Buffer data, Shape shape, DataType type) {
        int elements = Math.toIntExact(shape.size());
        BaseNDManager.validateBuffer(data, type, elements);
        var bytes = allocateDirect(elements * type.getNumOfBytes());
        BaseNDManager.copyBuffer(data, bytes);
        bytes.rewind();
        return new OvArray(this, shape, type, bytes);
    }

    @Override
    public NDArray create(Shape shape, DataType type) {
        int bytes = Math.toIntExact(Math.multiplyExact(shape.size(), type.getNumOfBytes()));
        return new OvArray(this, shape, type, allocateDirect(bytes));
    }

    @Override
    public NDArray zeros(Shape shape, DataType type) {
        return create(shape, type);
    }

    @Override
    public NDArray ones(Shape shape, DataType type) {
        return full(shape, 1, type);
    }

    @Override
    public NDArray full(Shape shape, float value, DataType type) {
        return ((OvArray) create(shape, type)).fill(i -> value);
    }

    @Override
    public NDArray arange(float start, float stop, float step, DataType type) {
        long n = (long) Math.max(0, Math.ceil((stop - start) / step));
        return ((OvArray) create(new Shape(n), type)).fill(i -> start + i * step);
    }

    @Override
    public OvArrays newSubManager(Device device) {
        var manager = new OvArrays(this, device);
        attachInternal(manager.uid, manager);
        return manager;
    }

    @Override
    public Engine getEngine() {
        return OvEngine.INSTANCE;
    }

    /** The root of all managers; never closed. */
    private static final class SystemManager extends OvArrays implements NDManager.SystemNDManager {
        SystemManager() {
            super(null, null);
        }

        @Override
        public void close() {}
    }
}
