package dev.outrider.hal.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;

/**
 * A lock in a file that two processes share, which tells whoever waits for it that its holder died
 * (pthread_mutexattr_setrobust(3)). The kernel tells as soon as the holder's thread is gone, before
 * it has taken down the process's memory and files: with gigabytes of memory that is long before a
 * pipe closes.
 */
public final class RobustLock {

    /** Enough for a {@code pthread_mutex_t} or its attributes on any machine. */
    private static final long BYTES = 128;

    private final MemorySegment mutex;
    private final CountDownLatch letGo = new CountDownLatch(1);

    private RobustLock(MemorySegment mutex) {
        this.mutex = mutex;
    }

    /** Makes one in a file; what was in the file is lost. */
    public static RobustLock create(Path file) throws IOException {
        MemorySegment mutex = map(file).fill((byte) 0);
        try (Arena arena = Arena.ofConfined()) {
            Libc.initializeRobustMutex(mutex, arena.allocate(BYTES, Long.BYTES));
        }
        return new RobustLock(mutex);
    }

    /** One that another process has made. */
    public static RobustLock open(Path file) throws IOException {
        return new RobustLock(map(file));
    }

    private static MemorySegment map(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, Arena.ofAuto());
        }
    }

    /** Takes it for as long as this process lives, or until {@link #letGo()}. */
    public void hold() {
        var held = new CountDownLatch(1);
        Thread.ofPlatform().name("robust-lock").daemon().start(() -> holdHere(held));
        awaitUninterruptibly(held);
    }

    private void holdHere(CountDownLatch held) {
        Libc.lock(mutex);
        held.countDown();
        awaitUninterruptibly(letGo);
        Libc.unlock(mutex);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public void letGo() {
        letGo.countDown();
    }

    /** Waits until the holder lets go or dies; whether it died. */
    public boolean awaitDeath() {
        boolean died = Libc.lock(mutex);
        Libc.unlock(mutex);
        return died;
    }
}
