package dev.outrider.kernel;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** When the cloud last answered. Safe on any thread. */
final class CloudContact {

    private final Clock clock;
    private final AtomicReference<@Nullable Instant> last = new AtomicReference<>();

    CloudContact(Clock clock) {
        this.clock = clock;
    }

    void reached() {
        last.set(clock.instant());
    }

    /** Null if it never did. */
    @Nullable Instant last() {
        return last.get();
    }
}
