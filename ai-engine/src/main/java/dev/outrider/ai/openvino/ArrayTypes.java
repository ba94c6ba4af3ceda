package dev.outrider.ai.openvino;

import ai.djl.ndarray.types.DataType;
import java.util.Map;
import java.util.stream.Collectors;
import org.intel.openvino.ElementType;

/** What DJL calls OpenVINO's element types. */
final class ArrayTypes {
    private static final Map<ElementType, DataType> DJL =
            Map.ofEntries(
                    Map.entry(ElementType.bool, DataType.BOOLEAN),
                    Map.entry(ElementType.bf16, DataType.BFLOAT16),
                    Map.entry(ElementType.f16, DataType.FLOAT16),
                    Map.entry(ElementType.f32, DataType.FLOAT32),
                    Map.entry(ElementType.f64, DataType.FLOAT64),
                    Map.entry(ElementType.i8, DataType.INT8),
                    Map.entry(ElementType.i16, DataType.INT16),
                    Map.entry(ElementType.i32, DataType.INT32),
                    Map.entry(ElementType.i64, DataType.INT64),
                    Map.entry(ElementType.u8, DataType.UINT8),
                    Map.entry(ElementType.u16, DataType.UINT16),
                    Map.entry(ElementType.u32, DataType.UINT32),
                    Map.entry(ElementType.u64, DataType.UINT64));
    private static final Map<DataType, ElementType> OPENVINO =
            DJL.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private ArrayTypes() {}

    static DataType djl(ElementType type) {
        var found = DJL.get(type);
        if (found == null) {
            throw new IllegalArgumentException("DJL has no elements of type " + type);
        }
        return found;
    }

    static ElementType openVino(DataType type) {
        var found = OPENVINO.get(type);
        if (found == null) {
            throw new IllegalArgumentException("OpenVINO has no elements of type " + type);
        }
        return found;
    }
}
