package dev.outrider.mqtt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.codec.PlanJson;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The robot's state as published last; a new revision for each change. */
final class StateBoard {

    private final Supplier<ObjectNode> source;
    private final Clock clock;
    private @Nullable ObjectNode last;
    private long revision;

    StateBoard(Supplier<ObjectNode> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** What is to be published, if anything changed since. */
    Optional<ObjectNode> change() {
        ObjectNode now = source.get();
        if (now.equals(last)) {
            return Optional.empty();
        }
        last = now.deepCopy();
        revision++;
        ObjectNode state = PlanJson.MAPPER.createObjectNode();
        state.put("rev", revision).put("at", clock.instant().toString());
        return Optional.of(state.setAll(now));
    }

    /** Publishes in any case the next time, because a broker may have lost it. */
    void forget() {
        last = null;
    }
}
