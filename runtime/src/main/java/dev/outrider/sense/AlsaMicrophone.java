package dev.outrider.sense;

import dev.outrider.ai.sense.SenseException;
import dev.outrider.ai.sense.Sound;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A microphone of ALSA's, heard through the program arecord, which knows every card's rates. */
final class AlsaMicrophone implements Microphone {

    private final String device;

    AlsaMicrophone(String device) {
        this.device = device;
    }

    @Override
    public Stream open() {
        return new Recording(
                Alsa.start(
                        List.of(
                                "arecord",
                                "-q",
                                "-D",
                                device,
                                "-f",
                                "S16_LE",
                                "-r",
                                Integer.toString(Sound.SPEECH_RATE),
                                "-c",
                                "1",
                                "-t",
                                "raw")));
    }

    @Override
    public String describe() {
        return "ALSA " + device;
    }

    @Override
    public boolean hearsTheSpeaker() {
        return true;
    }

    private record Recording(Process process) implements Stream {

        @Override
        public void next(float[] chunk) {
            try {
                InputStream in = process.getInputStream();
                byte[] bytes = in.readNBytes(2 * chunk.length);
                if (bytes.length < 2 * chunk.length) {
                    throw new SenseException(
                            "the microphone fell silent: " + Alsa.complaint(process));
                }
                for (int i = 0; i < chunk.length; i++) {
                    chunk[i] = (short) ((bytes[2 * i] & 255) | (bytes[2 * i + 1] << 8)) / 32768f;
                }
            } catch (IOException e) {
                throw new SenseException("the microphone cannot be heard: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
