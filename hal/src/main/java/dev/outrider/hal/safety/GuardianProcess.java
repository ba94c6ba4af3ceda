package dev.outrider.hal.safety;

import dev.outrider.hal.linux.Detachment;
import dev.outrider.hal.linux.GpioChip;
import dev.outrider.hal.linux.RobustLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The guardian's own process. Reads safe states, waits for the death of the process that sent them
 * – for its lock on a thread of its own, for the end of its pipe on the main one – and writes them.
 */
final class GuardianProcess {

    private static final int TRIES = 2000;
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    /** Writes until the code for it has surely been compiled. */
    private static final int WARM_WRITES = 2000;

    private final List<Armed> states;
    private boolean written;

    private GuardianProcess(List<Armed> states) {
        this.states = new ArrayList<>(states);
    }

    /** A state with its file open, where it has one that is there already. */
    private record Armed(SafeState state, @Nullable FileChannel file, ByteBuffer text) {

        static Armed of(SafeState state) {
            if (state instanceof SafeState.Setting(Path path, String text) && Files.exists(path)) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                try {
                    return new Armed(
                            state,
                            FileChannel.open(path, StandardOpenOption.WRITE),
                            ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
                } catch (IOException e) {
                    System.err.printf("guardian: %s cannot be opened yet: %s%n", state, e);
                }
            }
            return new Armed(state, null, ByteBuffer.allocate(0));
        }

        /** Whether it could be written. */
        boolean write(boolean last) {
            try {
                if (file == null) {
                    state.apply();
                } else {
                    file.write(text.duplicate(), 0);
                }
                return true;
            } catch (IOException | RuntimeException e) {
                if (last) {
                    System.err.printf("guardian: %s failed: %s%n", state, e);
                }
                return false;
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        Detachment.detach();
        var pipe = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<SafeState> states = read(pipe);
        RobustLock lock = RobustLock.open(Path.of(arguments[0]));
        warmUp();
        var guardian = new GuardianProcess(states.stream().map(Armed::of).toList());
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    if (lock.awaitDeath()) {
                        guardian.write();
                    }
                });
        System.out.println(Guardian.READY);
        System.out.flush();
        if (!Guardian.LEAVE.equals(pipe.readLine())) {
            guardian.write();
        }
    }

    private static List<SafeState> read(BufferedReader pipe) throws IOException {
        var states = new ArrayList<SafeState>();
        String line = pipe.readLine();
        while (line != null && !line.equals(Guardian.END)) {
            states.add(SafeState.decode(line));
            line = pipe.readLine();
        }
        return states;
    }

    /**
     * Loads and compiles what writing needs, so that nothing has to be read or made ready later.
     */
    private static void warmUp() throws IOException {
        Path nowhere = Files.createTempFile("outrider-guardian", "");
        var setting = new SafeState.Setting(nowhere, "0");
        setting.apply();
        Armed armed = Armed.of(setting);
        for (int count = 0; count < WARM_WRITES; count++) {
            new GuardianProcess(List.of(armed)).write();
        }
        Files.delete(nowhere);
        GpioChip.find("no chip is called this").ifPresent(GpioChip::close);
    }

    /**
     * Writes all states, once, whoever calls first. What cannot be written yet – the dead process's
     * lines are busy until the kernel has cleaned up after it – does not hold up the others.
     */
    private synchronized void write() {
        if (written) {
            return;
        }
        written = true;
        for (int attempt = 1; attempt <= TRIES && !states.isEmpty(); attempt++) {
            boolean last = attempt == TRIES;
            states.removeIf(state -> state.write(last));
            if (!states.isEmpty()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
