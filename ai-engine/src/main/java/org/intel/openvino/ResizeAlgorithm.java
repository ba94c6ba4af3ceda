package org.intel.openvino;

/** How a picture is resized; the last two are not in the C API. */
public enum ResizeAlgorithm {
    RESIZE_LINEAR(0),
    RESIZE_CUBIC(1),
    RESIZE_NEAREST(2),
    RESIZE_BILINEAR_PILLOW(3),
    RESIZE_BICUBIC_PILLOW(4);

    private final int value;

    ResizeAlgorithm(int value) {
        this.value = value;
    }

    /** The number the library knows it by. */
    public int getValue() {
        return value;
    }
}
