package dev.outrider.sense;

import dev.outrider.ai.sense.SenseException;
import dev.outrider.ai.sense.Sound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A folder as a loudspeaker: what is said becomes a WAV file each, numbered; none is replaced. */
final class FolderLoudspeaker implements Loudspeaker {

    private final Path folder;
    private int last;

    FolderLoudspeaker(Path folder) {
        this.folder = folder;
    }

    @Override
    public Playback begin() {
        return new Recording();
    }

    @Override
    public String describe() {
        return "sounds into " + folder;
    }

    private synchronized Path next() {
        Path file = folder.resolve("%04d.wav".formatted(++last));
        return Files.exists(file) ? next() : file;
    }

    private final class Recording implements Playback {

        private @Nullable Path file;
        private @Nullable Sound heard;
        private volatile boolean cut;

        @Override
        public void play(Sound sound) {
            if (cut || sound.samples().length == 0) {
                return;
            }
            Sound all = heard == null ? sound : joined(heard, sound.at(heard.rate()));
            Path target = file == null ? next() : file;
            write(target, all);
            heard = all;
            file = target;
        }

        private static Sound joined(Sound one, Sound two) {
            float[] all = Arrays.copyOf(one.samples(), one.samples().length + two.samples().length);
            System.arraycopy(two.samples(), 0, all, one.samples().length, two.samples().length);
            return new Sound(one.rate(), all);
        }

        private void write(Path target, Sound sound) {
            try {
                Path work = Files.createTempFile(folder, ".", ".part");
                try {
                    Files.write(work, sound.toWav());
                    Files.move(
                            work,
                            target,
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                } finally {
                    Files.deleteIfExists(work); // what was cut short
                }
            } catch (IOException e) {
                throw new SenseException(
                        "the loudspeaker's folder %s cannot be written: %s".formatted(folder, e),
                        e);
            }
        }

        @Override
        public void cut() {
            cut = true;
        }

        @Override
        public void close() {}
    }
}
