package dev.outrider.gateway.usage;

import dev.outrider.gateway.robot.Spend;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Where records of use are kept. Blocks. */
public interface UsageStore {

    /** Keeps all of these or, failing, none. A record kept before is not kept twice. */
    void append(List<Usage> records);

    /** The matching records, the newest first. */
    List<Usage> find(UsageQuery query);

    /** What each robot used since then. */
    Map<String, Spend> spentSince(Instant from);
}
