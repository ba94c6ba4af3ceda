package dev.outrider.hal.safety;

import dev.outrider.hal.linux.RobustLock;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A child process that waits for this one to end, however it ends, and then writes the outputs'
 * safe states. It is a small Java machine that has loaded and compiled all it needs before it says
 * it is ready, and then sleeps, waiting for a lock that this process holds and reading a pipe that
 * it keeps open: death frees the lock at once and closes the pipe in the end. An orderly shutdown
 * tells it to leave.
 */
public final class Guardian implements AutoCloseable {

    static final String READY = "ready";
    static final String LEAVE = "leave";
    static final String END = "end";

    private static final System.Logger LOG = System.getLogger(Guardian.class.getName());

    private final Process process;
    private final BufferedWriter pipe;
    private final RobustLock lock;

    private Guardian(Process process, RobustLock lock) {
        this.process = process;
        this.pipe = process.outputWriter();
        this.lock = lock;
    }

    /**
     * Starts a guardian; returns once it watches.
     *
     * @param states written one after the other, the most urgent first
     * @throws IOException if it does not start
     */
    public static Guardian start(List<SafeState> states) throws IOException {
        Path file = Files.createTempFile("outrider-guardian", ".lock");
        try {
            return start(states, file);
        } finally {
            Files.delete(file); // both have it open by now
        }
    }

    private static Guardian start(List<SafeState> states, Path file) throws IOException {
        RobustLock lock = RobustLock.create(file);
        lock.hold();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx16m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                classes(),
                                GuardianProcess.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var guardian = new Guardian(process, lock);
        try {
            guardian.arm(states);
            return guardian;
        } catch (IOException e) {
            process.destroyForcibly();
            lock.letGo();
            throw e;
        }
    }

    /** Where this library's own classes are: the guardian needs no others. */
    public static String classes() throws IOException {
        try {
            return Path.of(
                            Guardian.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IOException("cannot tell where the guardian's classes are", e);
        }
    }

    private void arm(List<SafeState> states) throws IOException {
        for (SafeState state : states) {
            pipe.write(state.encode());
            pipe.newLine();
        }
        pipe.write(END);
        pipe.newLine();
        pipe.flush();
        String answer = process.inputReader().readLine();
        if (!READY.equals(answer)) {
            throw new IOException("the guardian did not start: " + answer);
        }
    }

    public boolean watching() {
        return process.isAlive();
    }

    /**
     * Completes when the guardian is gone, which while this process lives means nobody guards it.
     */
    public CompletableFuture<Process> gone() {
        return process.onExit();
    }

    /** Sends it away without writing anything. */
    @Override
    public void close() {
        try (pipe) {
            pipe.write(LEAVE);
            pipe.newLine();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the guardian was already gone", e);
        }
        lock.letGo();
    }
}
