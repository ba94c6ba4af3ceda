package dev.outrider.hal.device;

/**
 * Finds the frames in what a TFmini sends (Benewake SJ-PM-TFmini-S, section 5): twice 0x59,
 * distance in centimetres and signal strength, low byte first, three bytes of no interest here, and
 * the sum of the eight bytes before.
 */
final class TfMiniFrames {

    static final int LENGTH = 9;

    private static final int HEAD = 0x59;

    private final int[] window = new int[LENGTH];
    private int filled;
    private int centimeters;
    private int strength;

    /** Takes one byte; whether it ended a whole frame with the right sum. */
    boolean take(byte next) {
        window[filled++] = Byte.toUnsignedInt(next);
        while (filled > 0 && !plausible()) {
            System.arraycopy(window, 1, window, 0, --filled);
        }
        if (filled < LENGTH) {
            return false;
        }
        centimeters = window[2] | window[3] << Byte.SIZE;
        strength = window[4] | window[5] << Byte.SIZE;
        filled = 0;
        return true;
    }

    /** Whether what is there can be the beginning of a frame, or a whole one. */
    private boolean plausible() {
        return window[0] == HEAD
                && (filled < 2 || window[1] == HEAD)
                && (filled < LENGTH || sum() == window[LENGTH - 1]);
    }

    private int sum() {
        int sum = 0;
        for (int index = 0; index < LENGTH - 1; index++) {
            sum += window[index];
        }
        return sum & 0xFF;
    }

    /** The last frame's distance. */
    int centimeters() {
        return centimeters;
    }

    /** The last frame's signal strength. */
    int strength() {
        return strength;
    }
}
