package dev.outrider.hal.safety;

import dev.outrider.hal.linux.Detachment;
import dev.outrider.hal.linux.GpioChip;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The guardian's own process. Reads safe states, waits for the pipe to close, writes them. */
final class GuardianProcess {

    private static final int TRIES = 200;
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private GuardianProcess() {}

    public static void main(String[] arguments) throws IOException {
        Detachment.detach();
        var pipe = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<SafeState> states = read(pipe);
        warmUp();
        System.out.println(Guardian.READY);
        System.out.flush();
        if (!Guardian.LEAVE.equals(pipe.readLine())) {
            states.forEach(GuardianProcess::apply);
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

    /** Loads the classes that writing needs, so that nothing has to be read from a disk later. */
    private static void warmUp() throws IOException {
        Path nowhere = Files.createTempFile("outrider-guardian", "");
        new SafeState.Setting(nowhere, "0").apply();
        Files.delete(nowhere);
        GpioChip.find("no chip is called this").ifPresent(GpioChip::close);
    }

    /**
     * The dead process's lines are busy until the kernel has cleaned up after it; tries again then.
     */
    private static void apply(SafeState state) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                state.apply();
                return;
            } catch (IOException | RuntimeException e) {
                if (attempt == TRIES) {
                    System.err.printf("guardian: %s failed: %s%n", state, e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
