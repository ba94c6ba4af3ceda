package dev.outrider.ai.sense;

import java.util.Arrays;

/**
 * The picture of 30 seconds of sound that Whisper looks at: 80 mel bands by 3,000 steps of 10 ms,
 * with the constants of openai/whisper's audio.py (Slaney's mel scale, a Hann window of 25 ms).
 */
final class LogMel {
    static final int BANDS = 80;
    static final int STEPS = 3000;
    static final int WINDOW_SAMPLES = 30 * Sound.SPEECH_RATE;

    private static final int WINDOW = 400;
    private static final int HOP = 160;
    private static final int BINS = WINDOW / 2 + 1;
    private static final double FLOOR = 1e-10;
    private static final double[] COSINE = new double[WINDOW];
    private static final double[] SINE = new double[WINDOW];
    private static final double[] HANN = new double[WINDOW];
    private static final double[][] FILTERS = filters();

    static {
        for (int i = 0; i < WINDOW; i++) {
            double angle = 2 * Math.PI * i / WINDOW;
            COSINE[i] = Math.cos(angle);
            SINE[i] = Math.sin(angle);
            HANN[i] = 0.5 - 0.5 * Math.cos(angle);
        }
    }

    private LogMel() {}

    /** Of at most 30 seconds at 16 kHz; what is missing is silence. */
    static float[] of(float[] samples) {
        int heard = Math.min(samples.length, WINDOW_SAMPLES);
        int steps = Math.min(STEPS, (heard + WINDOW) / HOP + 1);
        var logs = new double[BANDS * STEPS];
        Arrays.fill(logs, Math.log10(FLOOR));
        double loudest = Math.log10(FLOOR);
        var power = new double[BINS];
        for (int step = 0; step < steps; step++) {
            power(samples, heard, step * HOP - WINDOW / 2, power);
            for (int band = 0; band < BANDS; band++) {
                double sum = 0;
                for (int bin = 0; bin < BINS; bin++) {
                    sum += FILTERS[band][bin] * power[bin];
                }
                double log = Math.log10(Math.max(FLOOR, sum));
                logs[band * STEPS + step] = log;
                loudest = Math.max(loudest, log);
            }
        }
        var picture = new float[BANDS * STEPS];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (float) ((Math.max(logs[i], loudest - 8) + 4) / 4);
        }
        return picture;
    }

    private static void power(float[] samples, int heard, int from, double[] power) {
        var window = new double[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
            window[i] = HANN[i] * at(samples, heard, from + i);
        }
        for (int bin = 0; bin < BINS; bin++) {
            double real = 0;
            double imaginary = 0;
            for (int i = 0, angle = 0; i < WINDOW; i++) {
                real += window[i] * COSINE[angle];
                imaginary += window[i] * SINE[angle];
                angle += bin;
                angle = angle >= WINDOW ? angle - WINDOW : angle;
            }
            power[bin] = real * real + imaginary * imaginary;
        }
    }

    /** Mirrored at both ends of the 30 seconds, silent where nothing was heard. */
    private static double at(float[] samples, int heard, int index) {
        int mirrored = index < 0 ? -index : index;
        if (mirrored >= WINDOW_SAMPLES) {
            mirrored = 2 * WINDOW_SAMPLES - 2 - mirrored;
        }
        return mirrored < heard ? samples[mirrored] : 0;
    }

    private static double[][] filters() {
        var points = new double[BANDS + 2];
        double top = mel(Sound.SPEECH_RATE / 2.0);
        for (int i = 0; i < points.length; i++) {
            points[i] = hertz(top * i / (BANDS + 1));
        }
        var filters = new double[BANDS][BINS];
        for (int band = 0; band < BANDS; band++) {
            double low = points[band];
            double middle = points[band + 1];
            double high = points[band + 2];
            for (int bin = 0; bin < BINS; bin++) {
                double f = (double) bin * Sound.SPEECH_RATE / WINDOW;
                double rising = (f - low) / (middle - low);
                double falling = (high - f) / (high - middle);
                filters[band][bin] = Math.max(0, Math.min(rising, falling)) * 2 / (high - low);
            }
        }
        return filters;
    }

    private static double mel(double hertz) {
        return hertz < 1000 ? hertz * 3 / 200 : 15 + Math.log(hertz / 1000) * 27 / Math.log(6.4);
    }

    private static double hertz(double mel) {
        return mel < 15 ? mel * 200 / 3 : 1000 * Math.exp((mel - 15) * Math.log(6.4) / 27);
    }
}
