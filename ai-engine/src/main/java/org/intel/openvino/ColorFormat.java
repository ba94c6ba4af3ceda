package org.intel.openvino;

/** How a picture's colours lie in memory; the numbers are {@code ov_color_format_e}. */
public enum ColorFormat {
    NV12_SINGLE_PLANE(1),
    NV12_TWO_PLANES(2),
    I420_SINGLE_PLANE(3),
    I420_THREE_PLANES(4),
    RGB(5),
    BGR(6),
    GRAY(7),
    RGBX(8),
    BGRX(9);

    private final int value;

    ColorFormat(int value) {
        this.value = value;
    }

    /** The number the library knows it by. */
    public int getValue() {
        return value;
    }
}
