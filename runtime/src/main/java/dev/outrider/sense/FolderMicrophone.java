package dev.outrider.sense;

import dev.outrider.ai.sense.SenseException;
import dev.outrider.ai.sense.Sound;
import dev.outrider.ai.sense.SpeechDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A folder of WAV files as a microphone: each is heard once, by name, at the speed it was spoken,
 * with silence before and after. What is moved into the folder meanwhile is heard as it comes, and
 * a file that was written anew is heard anew.
 */
final class FolderMicrophone implements Microphone {

    private static final long CHUNK_NANOS =
            TimeUnit.SECONDS.toNanos(SpeechDetector.CHUNK) / Sound.SPEECH_RATE;
    private static final int CHUNKS_BETWEEN_LOOKS = 8;

    private final Path folder;
    private final Set<String> heard = new HashSet<>();

    FolderMicrophone(Path folder) {
        this.folder = folder;
    }

    @Override
    public Stream open() {
        Folder.files(folder, "wav");
        return new Playing();
    }

    @Override
    public String describe() {
        return "sounds in " + folder;
    }

    @Override
    public boolean hearsTheSpeaker() {
        return false;
    }

    /** The next sound that was not heard yet; empty if there is none. */
    private synchronized float[] unheard() {
        for (Path file : Folder.files(folder, "wav")) {
            if (heard.add(Folder.name(file) + " " + written(file))) {
                return Sound.read(file).at(Sound.SPEECH_RATE).samples();
            }
        }
        return new float[0];
    }

    private static long written(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new SenseException("cannot hear %s: %s".formatted(file, e), e);
        }
    }

    private final class Playing implements Stream {

        private long due = System.nanoTime();
        private float[] samples = new float[0];
        private int at;
        private int silent = CHUNKS_BETWEEN_LOOKS;

        @Override
        public void next(float[] chunk) {
            if (at >= samples.length && silent++ >= CHUNKS_BETWEEN_LOOKS) {
                silent = 0;
                at = 0;
                samples = new float[0];
                samples = unheard();
            }
            int length = Math.min(chunk.length, samples.length - at);
            System.arraycopy(samples, at, chunk, 0, length);
            Arrays.fill(chunk, length, chunk.length, 0);
            at += length;
            due += CHUNK_NANOS;
            for (long left = due - System.nanoTime();
                    left > 0 && !Thread.currentThread().isInterrupted();
                    left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }

        @Override
        public void close() {}
    }
}
