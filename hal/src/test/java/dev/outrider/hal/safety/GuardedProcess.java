package dev.outrider.hal.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A process under a guardian, to be killed by tests. */
final class GuardedProcess {

    private static final String GUARDED = "guarded";

    private GuardedProcess() {}

    /** Starts one and waits until it is guarded and holds its outputs. */
    static Process start(SafeState... states) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                GuardedProcess.class.getName()));
        Stream.of(states).map(SafeState::encode).forEach(command::add);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        assertThat(process.inputReader().readLine()).isEqualTo(GUARDED);
        return process;
    }

    public static void main(String[] arguments) throws IOException {
        List<SafeState> states = Arrays.stream(arguments).map(SafeState::decode).toList();
        Guardian guardian = Guardian.start(states);
        var held = new HeldOutputs(states);
        System.out.println(GUARDED);
        while (guardian.watching() && held.held()) {
            LockSupport.parkNanos(Long.MAX_VALUE);
        }
    }
}
