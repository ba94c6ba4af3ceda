package dev.outrider.hal.device;

import dev.outrider.hal.linux.LinuxException;
import dev.outrider.hal.linux.SerialPort;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.PartSheet;
import dev.outrider.hal.part.RangeSensor;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * A Benewake TFmini laser range finder on a serial line at 115200 baud, which sends a hundred
 * frames a second by itself. A measurement is the newest frame there is; a sensor that sends none
 * in time has failed, which is not the same as seeing nothing.
 */
public final class TfMini implements RangeSensor {

    /** Its speed as it leaves the factory. */
    public static final int BAUD = 115_200;

    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final int WEAK = 100;
    private static final int OVEREXPOSED = 65_535;
    private static final double METERS_A_CENTIMETER = 0.01;

    private final String name;
    private final SerialPort line;
    private final double reachMeters;
    private final Frames frames = new Frames();
    private final byte[] bytes = new byte[1024];

    /**
     * @param reachMeters what lies further away counts as no echo
     */
    public TfMini(String name, SerialPort line, double reachMeters) {
        this.name = name;
        this.line = line;
        this.reachMeters = reachMeters;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PartSheet sheet() {
        return PartSheet.sensor(
                "range sensor", PartSheet.measured("distance", "m", 0, reachMeters));
    }

    @Override
    public synchronized OptionalDouble meters() {
        boolean seen = false;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long left = seen ? 0 : end - System.nanoTime();
            int count = read(Duration.ofNanos(Math.max(0, left)));
            if (count == 0 && (seen || left <= 0)) {
                break;
            }
            for (int index = 0; index < count; index++) {
                seen |= frames.take(bytes[index]);
            }
        }
        if (!seen) {
            throw new PartException(name, "measure", "no frame within " + PATIENCE);
        }
        return measured();
    }

    private int read(Duration timeout) {
        try {
            return line.read(bytes, timeout);
        } catch (LinuxException e) {
            throw new PartException(name, "measure", e);
        }
    }

    private OptionalDouble measured() {
        double meters = frames.centimeters() * METERS_A_CENTIMETER;
        boolean echo = frames.strength() >= WEAK && frames.strength() != OVEREXPOSED;
        return echo && meters > 0 && meters <= reachMeters
                ? OptionalDouble.of(meters)
                : OptionalDouble.empty();
    }

    /**
     * Finds the frames in what a TFmini sends (Benewake SJ-PM-TFmini-S, section 5): twice 0x59,
     * distance in centimetres and signal strength, low byte first, three bytes of no interest here,
     * and the sum of the eight bytes before.
     */
    static final class Frames {

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
}
