package org.intel.openvino;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a tensor's dimensions mean, such as {@code NCHW}, {@code N...C} or {@code [n,c,h,w]}. */
@SuppressWarnings("MemberName") // the names of openvino_contrib's API
public final class Layout extends Wrapper {
    private static final String ELLIPSIS = "...";

    private final String text;

    /** Reads OpenVINO's notation. */
    public Layout(String text) {
        super("Layout", create(text), Calls.LAYOUT_FREE);
        this.text = text;
    }

    private static MemorySegment create(String text) {
        NativeLibrary.loadNativeLibs();
        try (var arena = Arena.ofConfined()) {
            var name = Calls.string(arena, text);
            return Calls.made(out -> (int) Calls.LAYOUT.invokeExact(name, out));
        }
    }

    /** Where the height is; counted from the end, as a negative number, behind an ellipsis. */
    public static int height_idx(Layout layout) {
        return layout.index("H", "HEIGHT");
    }

    /** Where the width is; counted from the end, as a negative number, behind an ellipsis. */
    public static int width_idx(Layout layout) {
        return layout.index("W", "WIDTH");
    }

    /** Where the batch is; counted from the end, as a negative number, behind an ellipsis. */
    public static int batch_idx(Layout layout) {
        return layout.index("N", "BATCH");
    }

    /** Where the channels are; counted from the end, as a negative number, behind an ellipsis. */
    public static int channels_idx(Layout layout) {
        return layout.index("C", "CHANNELS");
    }

    private int index(String letter, String word) {
        var names = names();
        int at = Math.max(names.indexOf(letter), names.indexOf(word));
        if (at < 0) {
            throw new IllegalArgumentException(
                    "layout %s has no dimension %s".formatted(text, letter));
        }
        int ellipsis = names.indexOf(ELLIPSIS);
        return ellipsis >= 0 && ellipsis < at ? at - names.size() : at;
    }

    private List<String> names() {
        var plain = text.toUpperCase(Locale.ROOT).strip();
        if (plain.startsWith("[")) {
            return Arrays.stream(plain.substring(1, plain.length() - 1).split(",", -1))
                    .map(String::strip)
                    .toList();
        }
        return Arrays.stream(plain.replace(ELLIPSIS, "~").split(""))
                .map(name -> name.equals("~") ? ELLIPSIS : name)
                .toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
