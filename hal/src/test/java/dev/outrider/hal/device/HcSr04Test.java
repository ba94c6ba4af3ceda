package dev.outrider.hal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import dev.outrider.hal.linux.EdgeListener;
import dev.outrider.hal.part.PartException;
import dev.outrider.hal.part.RangeSensor;
import dev.outrider.hal.part.RangeSensorContract;
import dev.outrider.hal.sim.SteppedTime;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HcSr04Test extends RangeSensorContract {

    private static final long RISE = 1_000_000_000_000L;

    private final FakePi4j pi4j = new FakePi4j();
    private final SteppedTime time = new SteppedTime();
    private final DigitalOutput trigger = pi4j.output(20);
    private @Nullable EdgeListener listener;
    private Runnable world = () -> {};
    private int clicks;
    private final HcSr04 sensor =
            new HcSr04("front", trigger, edges -> listener = edges, HcSr04.REACH_METERS, time);

    HcSr04Test() {
        trigger.addListener(event -> {
            if (event.state() == DigitalState.LOW) {
                clicks++;
                world.run();
            }
        });
    }

    @AfterEach
    void shutdown() {
        pi4j.close();
    }

    private void edge(boolean rising, long nanos, int lost) {
        Objects.requireNonNull(listener).edge(rising, nanos, 1, lost);
    }

    private void echo(long nanos) {
        world =
                () -> {
                    edge(true, RISE, 0);
                    edge(false, RISE + nanos, 0);
                };
    }

    @Override
    protected RangeSensor part() {
        return sensor;
    }

    @Override
    protected void target(double meters) {
        echo(Math.round(meters * 2 / 343.2 * 1e9));
    }

    @Override
    protected void nothingInReach() {
        echo(38_000_000);
    }

    @Override
    protected double accuracy() {
        return 1e-6;
    }

    @Test
    void clicksAgainOnlyAfterTheEchoesHaveDied() {
        target(1);
        sensor.meters();
        target(2);

        time.advance(Duration.ofMillis(50));
        double soon = sensor.meters().orElseThrow();
        time.advance(Duration.ofMillis(20));
        double later = sensor.meters().orElseThrow();

        assertThat(soon).isBetween(0.99, 1.01);
        assertThat(later).isBetween(1.99, 2.01);
        assertThat(clicks).isEqualTo(2);
    }

    @Test
    void aSensorThatIsNotThereIsNoFreeWay() {
        assertThatThrownBy(sensor::meters)
                .isInstanceOf(PartException.class)
                .hasMessageContaining("no echo pulse");
    }

    @Test
    void anEchoThatNeverEndsIsAFailure() {
        world = () -> edge(true, RISE, 0);

        assertThatThrownBy(sensor::meters)
                .isInstanceOf(PartException.class)
                .hasMessageContaining("stays high");
    }

    @Test
    void anEchoWithLostEdgesIsNoMeasurement() {
        world =
                () -> {
                    edge(true, RISE, 0);
                    edge(false, RISE + 1_000_000, 2);
                };

        assertThatThrownBy(sensor::meters)
                .isInstanceOf(PartException.class)
                .hasMessageContaining("lost");
    }

    @Test
    void measuresAgainAfterAFailure() {
        assertThatThrownBy(sensor::meters).isInstanceOf(PartException.class);

        target(0.5);

        assertThat(sensor.meters().orElseThrow()).isBetween(0.49, 0.51);
    }

    @Test
    void edgesNobodyAskedForChangeNothing() {
        target(1);
        sensor.meters();

        edge(true, 0, 0);
        edge(false, 5, 0);

        assertThat(sensor.meters().orElseThrow()).isBetween(0.99, 1.01);
    }
}
