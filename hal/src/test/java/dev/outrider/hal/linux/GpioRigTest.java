package dev.outrider.hal.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrider.hal.rig.InRig;
import dev.outrider.hal.rig.SimulatedLine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@InRig
class GpioRigTest {

    private static final String ME = "outrider-test";
    private static final int SMALL_BUFFER = 16;

    private record Edge(boolean rising, long kernelNanos, int sequence, int lost) {}

    private final BlockingQueue<Edge> edges = new LinkedBlockingQueue<>();
    private final EdgePump pump = new EdgePump();
    private GpioChip chip;

    @BeforeEach
    void open() {
        chip = GpioChip.labelled(SimulatedLine.CHIP);
    }

    @AfterEach
    void close() {
        pump.close();
        chip.close();
    }

    private void hear(boolean rising, long kernelNanos, int sequence, int lost) {
        edges.add(new Edge(rising, kernelNanos, sequence, lost));
    }

    @Test
    void findsAChipByItsLabelAndALineByItsName() {
        assertThat(chip.lines()).isEqualTo(54);
        assertThat(chip.offset("ESTOP")).hasValue(17);
        assertThat(chip.offset("NO_SUCH_LINE")).isEmpty();
        assertThat(chip.line(17).used()).isFalse();
    }

    @Test
    void namesTheChipsThereAreWhenNoneFits() {
        assertThatThrownBy(() -> GpioChip.labelled("pinctrl-none"))
                .hasMessageContaining(SimulatedLine.CHIP);
    }

    @Test
    void anOutputHasItsFirstValueFromTheStart() {
        try (GpioOutput output = chip.output(4, ME, true)) {
            boolean first = new SimulatedLine(4).value();
            output.set(false);

            assertThat(first).isTrue();
            assertThat(new SimulatedLine(4).value()).isFalse();
            assertThat(output.value()).isFalse();
            assertThat(chip.line(4).consumer()).isEqualTo(ME);
        }
    }

    @Test
    void aLineSomebodyHoldsIsBusy() {
        try (GpioOutput held = chip.output(5, ME, false)) {
            assertThatThrownBy(() -> chip.output(5, ME, false))
                    .isInstanceOfSatisfying(
                            LinuxException.class,
                            e -> assertThat(e.errno()).isEqualTo(LinuxException.EBUSY));
            assertThat(held.value()).isFalse();
        }
    }

    @Test
    void anInputReadsWhatIsThere() {
        var line = new SimulatedLine(6);
        try (GpioInput input = chip.input(6, ME, GpioBias.AS_IS, GpioEdges.NONE, Duration.ZERO)) {
            line.pull(true);
            boolean up = input.value();
            line.pull(false);

            assertThat(up).isTrue();
            assertThat(input.value()).isFalse();
        }
    }

    @Test
    void biasPullsAnInput() {
        try (GpioInput input =
                chip.input(22, ME, GpioBias.PULL_UP, GpioEdges.NONE, Duration.ZERO)) {
            assertThat(input.value()).isTrue();
        }
    }

    @Test
    void everyEdgeArrivesWithItsDirectionNumberAndKernelTime() throws InterruptedException {
        var line = new SimulatedLine(7);
        line.pull(false);
        GpioInput input = chip.input(7, ME, GpioBias.AS_IS, GpioEdges.BOTH, Duration.ZERO);
        pump.add(input, this::hear);

        for (int count = 1; count <= 60; count++) {
            boolean up = count % 2 == 1;
            long before = System.nanoTime();
            line.pull(up);
            Edge edge = edges.poll(60, TimeUnit.SECONDS);

            assertThat(edge).isNotNull();
            assertThat(edge.rising()).isEqualTo(up);
            assertThat(edge.sequence()).isEqualTo(count);
            assertThat(edge.lost()).isZero();
            assertThat(edge.kernelNanos()).isBetween(before, System.nanoTime());
        }
        pump.remove(input);
        input.close();
    }

    @Test
    void nothingTheKernelNumberedIsMissingFromABurst() {
        var line = new SimulatedLine(8);
        line.pull(false);
        GpioInput input = chip.input(8, ME, GpioBias.AS_IS, GpioEdges.BOTH, Duration.ZERO);
        for (int count = 1; count <= 300; count++) {
            line.pull(count % 2 == 1);
        }
        pump.add(input, this::hear);

        await().until(() -> !line.value() && !edges.isEmpty() && !lastOf(edges).rising());
        pump.remove(input);
        List<Edge> heard = List.copyOf(edges);

        assertThat(heard).allMatch(edge -> edge.lost() == 0);
        assertThat(heard.getFirst().sequence()).isEqualTo(1);
        assertThat(heard.getLast().sequence()).isEqualTo(heard.size());
        input.close();
    }

    private static Edge lastOf(BlockingQueue<Edge> edges) {
        return List.copyOf(edges).getLast();
    }

    @Test
    void tellsHowManyEdgesWereLostWhenTheBufferRanOver() {
        var line = new SimulatedLine(9);
        line.pull(false);
        GpioInput input =
                chip.input(9, ME, GpioBias.AS_IS, GpioEdges.BOTH, Duration.ZERO, SMALL_BUFFER);
        for (int count = 1; count <= 2000; count++) {
            line.pull(count % 2 == 1);
        }
        pump.add(input, this::hear);

        await().until(() -> edges.size() >= SMALL_BUFFER);
        pump.remove(input);
        List<Edge> heard = List.copyOf(edges);

        assertThat(heard.stream().mapToInt(Edge::lost).sum()).isPositive();
        assertThat(heard.getLast().sequence())
                .isEqualTo(heard.size() + heard.stream().mapToInt(Edge::lost).sum());
        input.close();
    }

    @Test
    void theKernelDebouncesWhatIsTooShort() throws InterruptedException {
        var line = new SimulatedLine(23);
        line.pull(false);
        GpioInput input = chip.input(23, ME, GpioBias.AS_IS, GpioEdges.BOTH, Duration.ofMillis(50));
        pump.add(input, this::hear);

        line.pull(true);
        line.pull(false);
        Edge glitch = edges.poll(500, TimeUnit.MILLISECONDS);
        line.pull(true);
        Edge level = edges.poll(60, TimeUnit.SECONDS);

        assertThat(glitch).isNull();
        assertThat(level).isNotNull();
        assertThat(level.rising()).isTrue();
        pump.remove(input);
        input.close();
    }

    @Test
    void aRemovedInputIsNotHeardAndTheOthersAre() throws InterruptedException {
        new SimulatedLine(10).pull(false);
        new SimulatedLine(11).pull(false);
        var calls = new AtomicInteger();
        GpioInput gone = chip.input(10, ME, GpioBias.AS_IS, GpioEdges.BOTH, Duration.ZERO);
        GpioInput kept = chip.input(11, ME, GpioBias.AS_IS, GpioEdges.BOTH, Duration.ZERO);
        pump.add(gone, (rising, nanos, sequence, lost) -> calls.incrementAndGet());
        pump.add(kept, this::hear);

        pump.remove(gone);
        new SimulatedLine(10).pull(true);
        new SimulatedLine(11).pull(true);

        assertThat(edges.poll(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(calls).hasValue(0);
        pump.remove(kept);
        gone.close();
        kept.close();
    }

    @Test
    void aListenerThatFailsDoesNotStopTheOthers() throws InterruptedException {
        new SimulatedLine(12).pull(false);
        new SimulatedLine(13).pull(false);
        GpioInput failing = chip.input(12, ME, GpioBias.AS_IS, GpioEdges.BOTH, Duration.ZERO);
        GpioInput sound = chip.input(13, ME, GpioBias.AS_IS, GpioEdges.BOTH, Duration.ZERO);
        pump.add(
                failing,
                (rising, nanos, sequence, lost) -> {
                    throw new IllegalStateException("listener broke");
                });
        pump.add(sound, this::hear);

        new SimulatedLine(12).pull(true);
        new SimulatedLine(13).pull(true);

        assertThat(edges.poll(60, TimeUnit.SECONDS)).isNotNull();
        pump.close();
        failing.close();
        sound.close();
    }
}
