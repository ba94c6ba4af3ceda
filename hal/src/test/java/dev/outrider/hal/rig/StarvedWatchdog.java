package dev.outrider.hal.rig;

import dev.outrider.hal.linux.HardwareWatchdog;
import java.nio.file.Path;
import java.time.Duration;

/** Starts the machine's hardware watchdog and dies without stopping it; the machine must reset. */
public final class StarvedWatchdog {

    static final String ARMED = "RIG watchdog armed";

    private StarvedWatchdog() {}

    public static void main(String[] arguments) {
        Path device = Watchdogs.called("i6300");
        HardwareWatchdog watchdog = HardwareWatchdog.open(device, Duration.ofSeconds(4));
        System.out.printf("%s %s %s%n", ARMED, watchdog.identity(), watchdog.timeout());
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
