package dev.outrider.ai.sense;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Sound of one channel.
 *
 * @param rate samples a second
 * @param samples -1..1
 */
@SuppressWarnings("ArrayRecordComponent") // sounds are not compared
public record Sound(int rate, float[] samples) {
    /** What speech models listen to. */
    public static final int SPEECH_RATE = 16_000;

    private static final int LEAST_RATE = 4_000;
    private static final int MOST_RATE = 192_000;
    private static final long MOST_BYTES = 256L << 20;
    private static final long MOST_SAMPLES = 64L << 20;
    private static final int RIFF = 0x46464952;
    private static final int WAVE = 0x45564157;
    private static final int FORMAT = 0x20746d66;
    private static final int DATA = 0x61746164;
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int ZERO_CROSSINGS = 16;

    public Sound {
        if (rate < LEAST_RATE || rate > MOST_RATE) {
            throw new SenseException(
                    "sound of %d samples a second; it may have %d to %d"
                            .formatted(rate, LEAST_RATE, MOST_RATE));
        }
    }

    /** How long it is. */
    public double seconds() {
        return (double) samples.length / rate;
    }

    /**
     * Reads a WAV file: 8 to 32 bits or floating point, any number of channels, which are mixed.
     *
     * @throws SenseException if it is something else, or damaged
     */
    public static Sound read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new SenseException("there is no sound file " + file);
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new SenseException(file + " is larger than 256 MB");
            }
            return decode(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new SenseException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    /** Reads a WAV file from memory; the name is for messages. */
    public static Sound decode(byte[] bytes, String name) {
        var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < 12 || in.getInt(0) != RIFF || in.getInt(8) != WAVE) {
            throw new SenseException(name + " is no WAV file");
        }
        in.position(12);
        Format format = null;
        while (in.remaining() >= 8) {
            int chunk = in.getInt();
            long size = Integer.toUnsignedLong(in.getInt());
            int end = (int) Math.min(in.limit(), in.position() + size);
            if (chunk == FORMAT) {
                format = Format.read(in.slice(in.position(), end - in.position()), name);
            } else if (chunk == DATA) {
                if (format == null) {
                    throw new SenseException(name + " is damaged: sound before its format");
                }
                return format.decode(in.slice(in.position(), end - in.position()), name);
            }
            in.position((int) Math.min(in.limit(), end + (size & 1)));
        }
        throw new SenseException(name + " is cut short: it holds no sound");
    }

    private record Format(int coding, int channels, int rate, int bits) {
        static Format read(ByteBuffer slice, String name) {
            var in = slice.order(ByteOrder.LITTLE_ENDIAN);
            if (in.remaining() < 16) {
                throw new SenseException(name + " is damaged: a format of too few bytes");
            }
            int coding = Short.toUnsignedInt(in.getShort(0));
            int channels = Short.toUnsignedInt(in.getShort(2));
            int bits = Short.toUnsignedInt(in.getShort(14));
            if (coding == EXTENSIBLE && in.remaining() >= 26) {
                coding = Short.toUnsignedInt(in.getShort(24));
            }
            boolean known =
                    (coding == PCM && (bits == 8 || bits == 16 || bits == 24 || bits == 32))
                            || (coding == FLOAT && bits == 32);
            if (!known || channels < 1 || channels > 64) {
                throw new SenseException(
                        "%s has a kind of sound that is not read: coding %d, %d bits, %d channels"
                                .formatted(name, coding, bits, channels));
            }
            return new Format(coding, channels, in.getInt(4), bits);
        }

        Sound decode(ByteBuffer slice, String name) {
            var in = slice.order(ByteOrder.LITTLE_ENDIAN);
            int frames = in.remaining() / (channels * bits / 8);
            if (frames > MOST_SAMPLES) {
                throw tooLong(name, frames);
            }
            var mixed = new float[frames];
            for (int i = 0; i < frames; i++) {
                float sum = 0;
                for (int c = 0; c < channels; c++) {
                    sum += sample(in);
                }
                mixed[i] = sum / channels;
            }
            return new Sound(rate, mixed);
        }

        private float sample(ByteBuffer in) {
            return switch (bits) {
                case 8 -> (Byte.toUnsignedInt(in.get()) - 128) / 128f;
                case 16 -> in.getShort() / 32768f;
                case 24 ->
                        (Byte.toUnsignedInt(in.get())
                                        | Byte.toUnsignedInt(in.get()) << 8
                                        | in.get() << 16)
                                / 8388608f;
                default -> coding == FLOAT ? finite(in.getFloat()) : in.getInt() / 0x1p31f;
            };
        }

        private static float finite(float value) {
            return Float.isFinite(value) ? Math.clamp(value, -1f, 1f) : 0;
        }
    }

    /** In another rate, by a windowed sinc that lets nothing pass what the new rate cannot hold. */
    public Sound at(int newRate) {
        if (newRate == rate) {
            return this;
        }
        long length = (long) samples.length * newRate / rate;
        if (length > 2 * MOST_SAMPLES) {
            throw tooLong("a sound at %d samples a second".formatted(newRate), length);
        }
        var target = new Sound(newRate, new float[(int) length]);
        double cut = Math.min(1, (double) newRate / rate);
        double half = ZERO_CROSSINGS / cut;
        for (int i = 0; i < target.samples.length; i++) {
            double centre = (double) i * rate / newRate;
            int from = Math.max(0, (int) Math.ceil(centre - half));
            int to = Math.min(samples.length - 1, (int) Math.floor(centre + half));
            double sum = 0;
            for (int k = from; k <= to; k++) {
                double distance = k - centre;
                double window = 0.5 + 0.5 * Math.cos(Math.PI * distance / half);
                sum += samples[k] * cut * sinc(cut * distance) * window;
            }
            target.samples[i] = (float) sum;
        }
        return target;
    }

    private static SenseException tooLong(String name, long samples) {
        return new SenseException(
                "%s is too long: %,d samples; cut it into parts".formatted(name, samples));
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** As a WAV file of 16 bits. */
    public byte[] toWav() {
        int bytes = 2 * samples.length;
        var out = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(RIFF).putInt(36 + bytes).putInt(WAVE).putInt(FORMAT).putInt(16);
        out.putShort((short) PCM).putShort((short) 1).putInt(rate).putInt(2 * rate);
        out.putShort((short) 2).putShort((short) 16).putInt(DATA).putInt(bytes);
        for (float sample : samples) {
            out.putShort((short) Math.round(Math.clamp(sample, -1f, 1f) * 32767));
        }
        return out.array();
    }

    /** A part of it. */
    public Sound part(int from, int to) {
        return new Sound(rate, Arrays.copyOfRange(samples, from, to));
    }
}
