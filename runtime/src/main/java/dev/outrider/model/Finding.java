package dev.outrider.model;

/**
 * Something in a picture: a thing and its kind, or a line and what it says.
 *
 * @param label the kind of thing, in English, or the line's words
 * @param sure 0 to 1
 * @param place where its middle is, in words: {@code upper left}, {@code middle}
 * @param left 0 to 1 of the picture's width, from the left
 * @param top 0 to 1 of its height, from the top
 * @param right not less than left
 * @param bottom not less than top
 */
public record Finding(
        String label,
        double sure,
        String place,
        double left,
        double top,
        double right,
        double bottom) {

    public Finding {
        if (!(sure >= 0 && sure <= 1)) {
            throw new IllegalArgumentException("sure is within 0..1, not " + sure);
        }
        if (!(0 <= left
                && left <= right
                && right <= 1
                && 0 <= top
                && top <= bottom
                && bottom <= 1)) {
            throw new IllegalArgumentException(
                    "no place in a picture: " + left + ".." + right + ", " + top + ".." + bottom);
        }
    }
}
