package dev.outrider.body;

import dev.outrider.hal.health.HostHealth;
import dev.outrider.kernel.Body;
import dev.outrider.kernel.Kernel;
import dev.outrider.model.BodyState;
import dev.outrider.model.Situation;
import java.time.Duration;
import java.util.OptionalDouble;

/** The robot's situation, from its battery and its computer. Reads afresh on every call. */
public final class HostSituation implements Kernel.SituationSource {

    private final Body body;
    private final HostHealth health;

    public HostSituation(Body body, HostHealth health) {
        this.body = body;
        this.health = health;
    }

    @Override
    public Situation now(int queued, Duration timeLeft) {
        BodyState.Battery battery = body.state().battery();
        return new Situation(
                battery.charge(),
                battery.external(),
                health.hottestCpuCelsius(),
                memoryAvailable(),
                queued,
                timeLeft);
    }

    private OptionalDouble memoryAvailable() {
        long total = health.memoryTotalBytes().orElse(0);
        return total > 0 && health.memoryAvailableBytes().isPresent()
                ? OptionalDouble.of((double) health.memoryAvailableBytes().getAsLong() / total)
                : OptionalDouble.empty();
    }
}
