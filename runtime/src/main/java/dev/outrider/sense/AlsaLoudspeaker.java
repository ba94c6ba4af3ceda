package dev.outrider.sense;

import dev.outrider.ai.sense.SenseException;
import dev.outrider.ai.sense.Sound;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loudspeaker of ALSA's, reached through the program aplay, which knows every card's rates. */
final class AlsaLoudspeaker implements Loudspeaker {

    private static final int WAV_HEADER = 44;

    private final String device;

    AlsaLoudspeaker(String device) {
        this.device = device;
    }

    @Override
    public Playback begin() {
        return new Playing();
    }

    @Override
    public String describe() {
        return "ALSA " + device;
    }

    private final class Playing implements Playback {

        private volatile boolean cut;
        private volatile @Nullable Process process;
        private int rate;

        @Override
        public void play(Sound sound) {
            if (cut || sound.samples().length == 0) {
                return;
            }
            Process running = process;
            if (running == null) {
                running = started(sound.rate());
            }
            byte[] wav = sound.at(rate).toWav();
            try {
                OutputStream out = running.getOutputStream();
                out.write(Arrays.copyOfRange(wav, WAV_HEADER, wav.length));
                out.flush();
            } catch (IOException e) {
                if (!cut) {
                    throw new SenseException(
                            "the loudspeaker cannot be heard: " + complaint(running, e), e);
                }
            }
        }

        private Process started(int ofRate) {
            Process started =
                    Alsa.start(
                            List.of(
                                    "aplay",
                                    "-q",
                                    "-D",
                                    device,
                                    "-f",
                                    "S16_LE",
                                    "-r",
                                    Integer.toString(ofRate),
                                    "-c",
                                    "1",
                                    "-t",
                                    "raw"));
            rate = ofRate;
            process = started;
            if (cut) {
                started.destroyForcibly();
            }
            return started;
        }

        private static String complaint(Process process, IOException e) {
            try {
                return Alsa.complaint(process);
            } catch (IOException unreadable) {
                return String.valueOf(e.getMessage());
            }
        }

        @Override
        public void cut() {
            cut = true;
            Process running = process;
            if (running != null) {
                running.destroyForcibly();
            }
        }

        @Override
        public void close() {
            Process running = process;
            if (running == null) {
                return;
            }
            try {
                running.getOutputStream().close();
                if (running.waitFor() != 0 && !cut) {
                    throw new SenseException(
                            "the loudspeaker cannot be heard: " + Alsa.complaint(running));
                }
            } catch (IOException e) {
                if (!cut) {
                    throw new SenseException(
                            "the loudspeaker cannot be heard: " + complaint(running, e), e);
                }
            } catch (InterruptedException e) {
                running.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
