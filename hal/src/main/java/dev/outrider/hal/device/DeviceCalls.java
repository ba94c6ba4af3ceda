package dev.outrider.hal.device;

import com.pi4j.exception.Pi4JException;
import dev.outrider.hal.linux.LinuxException;
import dev.outrider.hal.part.PartException;
import java.util.function.Supplier;

/** Calls to a part's hardware, whose failures are told as the part's own. */
final class DeviceCalls {

    private DeviceCalls() {}

    static void run(String part, String attempted, Runnable call) {
        get(
                part,
                attempted,
                () -> {
                    call.run();
                    return true;
                });
    }

    static <T> T get(String part, String attempted, Supplier<T> call) {
        try {
            return call.get();
        } catch (Pi4JException | LinuxException e) {
            throw new PartException(part, attempted, e);
        }
    }
}
