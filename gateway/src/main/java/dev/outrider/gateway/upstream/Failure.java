package dev.outrider.gateway.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no answer, or no rest of one.
 *
 * @param reason a clause for people; holds nothing an upstream said except where {@code kind} is
 *     {@link Kind#REJECTED}, and there with secrets taken out
 * @param retryAfter when asking again may help; null where nobody said
 */
public record Failure(Kind kind, String reason, @Nullable Duration retryAfter) {

    /** What went wrong, as far as it changes what happens next. */
    public enum Kind {
        /** The upstream could not be connected to. */
        REFUSED(true, true),
        /** The connection or the stream ended before the answer did. */
        CUT(true, true),
        /** The upstream's share of the deadline passed without an answer, or a stream stalled. */
        HUNG(true, true),
        /** The upstream has a limit and it is reached (429). */
        OVERLOADED(true, false),
        /** The upstream says it is unavailable (503). */
        UNAVAILABLE(true, true),
        /** The upstream failed with another status, or refused the gateway's own key. */
        BROKEN(true, true),
        /** The upstream's answer is none: empty, oversized, not JSON, not of the schema. */
        INVALID(true, true),
        /** The upstream refused the request itself; no other would take it. */
        REJECTED(false, false),
        /** The robot's deadline passed. */
        EXPIRED(false, false),
        /** The robot left. */
        ABANDONED(false, false),
        /** Every upstream of the model is resting or out. */
        NONE_LEFT(false, false);

        private final boolean retriable;
        private final boolean fault;

        Kind(boolean retriable, boolean fault) {
            this.retriable = retriable;
            this.fault = fault;
        }

        /** Whether another call may be made instead, as long as nothing was sent to the robot. */
        boolean retriable() {
            return retriable;
        }

        /** Whether it counts against the upstream's breaker. */
        boolean fault() {
            return fault;
        }
    }

    static Failure of(Kind kind, String reason) {
        return new Failure(kind, reason, null);
    }
}
