package org.intel.openvino;

import java.util.Arrays;
import java.util.List;

/** A property's value; the C API gives every one as text. */
public final class Any extends Wrapper {
    private final String text;

    Any(String text) {
        this.text = text;
    }

    /** As a whole number. */
    public int asInt() {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalStateException("the value is no whole number: " + text, e);
        }
    }

    /** As the library wrote it. */
    public String asString() {
        return text;
    }

    /** As its words. */
    public List<String> asList() {
        return Arrays.stream(text.split("[\\s,]+")).filter(word -> !word.isEmpty()).toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
