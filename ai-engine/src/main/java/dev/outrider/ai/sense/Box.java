package dev.outrider.ai.sense;

/**
 * A place in a picture, in parts of its width and height from 0 at the left and top.
 *
 * @param left 0..1
 * @param top 0..1
 * @param right 0..1, not less than left
 * @param bottom 0..1, not less than top
 */
public record Box(double left, double top, double right, double bottom) {
    public Box {
        left = Math.clamp(left, 0, 1);
        top = Math.clamp(top, 0, 1);
        right = Math.clamp(right, left, 1);
        bottom = Math.clamp(bottom, top, 1);
    }

    /** Where its middle is, in words: such as {@code upper left}, or {@code middle}. */
    public String place() {
        double x = (left + right) / 2;
        double y = (top + bottom) / 2;
        var across = x < 1 / 3.0 ? "left" : x > 2 / 3.0 ? "right" : "";
        var down = y < 1 / 3.0 ? "upper" : y > 2 / 3.0 ? "lower" : "";
        return across.isEmpty() && down.isEmpty() ? "middle" : (down + " " + across).strip();
    }
}
