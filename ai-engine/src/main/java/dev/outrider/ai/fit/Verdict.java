package dev.outrider.ai.fit;

import dev.outrider.ai.llama.CacheType;
import java.util.List;

/** Whether a model fits, with the numbers it was judged by. */
public sealed interface Verdict {
    /** What was judged by. */
    MemoryNeed need();

    /** As promised. */
    record Fits(MemoryNeed need) implements Verdict {}

    /**
     * Only with something given up.
     *
     * @param cache how the cache must be stored
     * @param lost what is given up, for people
     */
    record Degraded(MemoryNeed need, CacheType cache, List<String> lost) implements Verdict {
        public Degraded {
            lost = List.copyOf(lost);
        }
    }

    /**
     * Not at all.
     *
     * @param need of the least that was tried
     * @param reason for people
     * @param instead what would fit, for people
     */
    record TooLarge(MemoryNeed need, String reason, List<String> instead) implements Verdict {
        public TooLarge {
            instead = List.copyOf(instead);
        }
    }
}
