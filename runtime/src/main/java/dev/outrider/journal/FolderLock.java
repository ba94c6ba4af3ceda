package dev.outrider.journal;

import dev.outrider.kernel.JournalFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second process out of a data folder; the kernel drops it when this process ends. */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock of(Path folder) {
        FileChannel channel = null;
        try {
            Files.createDirectories(folder);
            channel =
                    FileChannel.open(
                            folder.resolve("journal.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new JournalFailure(
                        "another process uses the data folder "
                                + folder
                                + "; stop it, or give this one a folder of its own",
                        null,
                        false);
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new JournalFailure(
                    "the data folder " + folder + " cannot be used: " + e, e, false);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(FolderLock.class.getName())
                    .log(System.Logger.Level.WARNING, "the data folder stays locked", e);
        }
    }
}
