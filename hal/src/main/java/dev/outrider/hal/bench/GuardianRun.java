package dev.outrider.hal.bench;

import dev.outrider.hal.linux.PwmChannel;
import dev.outrider.hal.safety.Guardian;
import dev.outrider.hal.safety.SafeState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Kills a process that drives a PWM channel, and looks how long the channel goes on. */
final class GuardianRun {

    private static final int CHANNEL = 0;
    private static final long PERIOD_NANOS = 50_000;

    /** Short enough to measure by, long enough to leave the processor to what is measured. */
    private static final long LOOK_NANOS = 200_000;

    private static final String DRIVING = "driving";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private GuardianRun() {}

    /** The longest of a few times from {@code kill -9} until the channel was off. */
    static double worstMillis(String parent, int times) {
        double worst = 0;
        for (int time = 0; time < times; time++) {
            worst = Math.max(worst, millis(parent));
        }
        return worst;
    }

    private static double millis(String parent) {
        try (PwmChannel channel = PwmChannel.open(parent, CHANNEL)) {
            Process victim = start(parent);
            long killed = System.nanoTime();
            victim.destroyForcibly();
            while (channel.enabled()) {
                if (System.nanoTime() - killed > PATIENCE.toNanos()) {
                    throw new IllegalStateException(
                            "the channel is still on %s after the kill".formatted(PATIENCE));
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
            return (System.nanoTime() - killed) / 1e6;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(String parent) throws IOException {
        Process victim =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                Guardian.classes(),
                                GuardianRun.class.getName(),
                                parent)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String answer = victim.inputReader().readLine();
        if (!DRIVING.equals(answer)) {
            victim.destroyForcibly();
            throw new IOException("the process to be killed did not start: " + answer);
        }
        return victim;
    }

    /** The victim: a guarded process that drives the channel until it is killed. */
    public static void main(String[] arguments) throws IOException {
        Path enable = PwmChannel.chip(arguments[0]).resolve("pwm" + CHANNEL).resolve("enable");
        try (Guardian guardian = Guardian.start(List.of(new SafeState.Setting(enable, "0")));
                PwmChannel channel = PwmChannel.open(arguments[0], CHANNEL)) {
            channel.set(PERIOD_NANOS, PERIOD_NANOS / 2);
            channel.enable();
            System.out.println(DRIVING);
            while (guardian.watching()) {
                LockSupport.parkNanos(PATIENCE.toNanos());
            }
        }
    }
}
