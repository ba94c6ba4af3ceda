package dev.outrider.ai.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.OnnxModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.intel.openvino.CompiledModel;
import org.intel.openvino.OpenVinoException;
import org.intel.openvino.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real models compiled for the processor play an NPU, a GPU and the processor. */
final class DeploymentTest {
    private final Machine machine = new Machine("NPU", "GPU", "CPU");

    /** A machine whose devices can be made to refuse, fail, go away or become hot. */
    private static final class Machine {
        private final List<String> here = new ArrayList<>();
        private final Map<String, String> refusing = new ConcurrentHashMap<>();
        private final Map<String, String> failing = new ConcurrentHashMap<>();
        private final Map<String, Double> celsius = new ConcurrentHashMap<>();
        private final List<Device> made = new ArrayList<>();
        private Instant now = Instant.EPOCH;

        Machine(String... devices) {
            here.addAll(List.of(devices));
        }

        Deployment<Device> deploy() {
            return new Deployment<>(
                    "doubling",
                    Devices.ANY,
                    () -> List.copyOf(here),
                    this::make,
                    device ->
                            celsius.containsKey(device)
                                    ? OptionalDouble.of(celsius.get(device))
                                    : OptionalDouble.empty(),
                    () -> now);
        }

        private synchronized Device make(String name) {
            if (refusing.containsKey(name)) {
                throw new OpenVinoException(refusing.get(name));
            }
            var core = OpenVino.core();
            var model = core.compile_model(core.read_model(OnnxModel.doubling()), "CPU");
            var device = new Device(this, name, model);
            made.add(device);
            return device;
        }

        void later(Duration time) {
            now = now.plus(time);
        }

        synchronized List<String> open() {
            return made.stream().filter(device -> !device.closed).map(Device::name).toList();
        }
    }

    /** The model on one device. */
    private static final class Device implements AutoCloseable {
        private final Machine machine;
        private final String name;
        private final CompiledModel model;
        private volatile boolean closed;

        Device(Machine machine, String name, CompiledModel model) {
            this.machine = machine;
            this.name = name;
            this.model = model;
        }

        String name() {
            return name;
        }

        float doubled(float x) {
            try (var request = model.create_infer_request()) {
                request.set_input_tensor(new Tensor(new int[] {1, 3}, new float[] {x, x, x}));
                request.infer();
                if (machine.failing.containsKey(name)) {
                    throw new OpenVinoException(machine.failing.get(name));
                }
                return request.get_output_tensor().data()[0];
            }
        }

        @Override
        public void close() {
            closed = true;
            model.close();
        }
    }

    @BeforeEach
    void assume() {
        Natives.assumeOpenVino();
    }

    @Test
    void worksOnTheFirstDeviceAndSaysSo() {
        try (var deployment = machine.deploy()) {
            float doubled = deployment.use(device -> device.doubled(2));

            assertThat(doubled).isEqualTo(4);
            assertThat(deployment.placement())
                    .isEqualTo(new Placement("doubling", "NPU", "NPU took it", 0, 1));
            assertThat(Deployment.placements()).contains(deployment.placement());
        }
        assertThat(Deployment.placements()).extracting(Placement::model).doesNotContain("doubling");
    }

    @Test
    void losesNoRequestWhenADeviceGoesAwayUnderIt() throws Exception {
        try (var deployment = machine.deploy();
                var threads = Executors.newFixedThreadPool(4)) {
            var answers = new ArrayList<Future<Float>>();
            for (int i = 0; i < 200; i++) {
                float x = i;
                if (i == 100) {
                    machine.failing.put("NPU", "device lost");
                    machine.failing.put("GPU", "out of resources");
                }
                answers.add(threads.submit(() -> deployment.use(device -> device.doubled(x))));
            }

            for (int i = 0; i < 200; i++) {
                assertThat(answers.get(i).get()).isEqualTo(2f * i);
            }
            assertThat(deployment.placement().device()).isEqualTo("CPU");
            assertThat(deployment.placement().requests()).isEqualTo(200);
            assertThat(deployment.placement().reason())
                    .contains("NPU failed: device lost", "GPU failed: out of resources")
                    .endsWith("CPU took it");
            assertThat(machine.open()).containsOnly("CPU");
        }
    }

    @Test
    void passesOverADeviceThatRefuses() {
        machine.refusing.put("NPU", "dynamic shapes are not supported");

        try (var deployment = machine.deploy()) {
            machine.later(Duration.ofDays(1));

            assertThat(deployment.use(Device::name)).isEqualTo("GPU");
            assertThat(deployment.placement().reason())
                    .isEqualTo("NPU refused: dynamic shapes are not supported; GPU took it");
        }
    }

    @Test
    void comesBackWhenTheDeviceHasRested() throws Exception {
        try (var deployment = machine.deploy()) {
            machine.failing.put("NPU", "device lost");
            String first = deployment.use(device -> device.name() + device.doubled(1));
            assertThat(first).isEqualTo("GPU2.0");
            machine.failing.clear();

            machine.later(Deployment.PAUSE.dividedBy(2));
            assertThat(deployment.use(Device::name)).isEqualTo("GPU");
            machine.later(Deployment.PAUSE);
            awaitMoveTo("NPU", deployment);

            assertThat(deployment.placement().moves()).isEqualTo(2);
        }
    }

    private static void awaitMoveTo(String name, Deployment<Device> deployment) {
        while (!deployment.use(Device::name).equals(name)) {
            Thread.onSpinWait(); // it is made on another thread meanwhile
        }
    }

    @Test
    void takesADeviceThatAppears() {
        machine.here.remove("NPU");
        try (var deployment = machine.deploy()) {
            assertThat(deployment.use(Device::name)).isEqualTo("GPU");
            assertThat(deployment.placement().reason()).isEqualTo("NPU is not here; GPU took it");

            machine.here.add("NPU");
            machine.later(Duration.ofSeconds(2));
            awaitMoveTo("NPU", deployment);

            assertThat(deployment.placement().reason()).isEqualTo("NPU took it");
        }
    }

    @Test
    void letsAHotDeviceCoolDown() {
        try (var deployment = machine.deploy()) {
            assertThat(deployment.use(Device::name)).isEqualTo("NPU");

            machine.celsius.put("NPU", 97.0);
            machine.later(Duration.ofSeconds(2));
            assertThat(deployment.use(Device::name)).isEqualTo("GPU");
            assertThat(deployment.placement().reason()).isEqualTo("NPU is hot, 97 °C; GPU took it");

            machine.celsius.put("NPU", 60.0);
            machine.later(Deployment.PAUSE);
            assertThat(deployment.use(Device::name)).isEqualTo("NPU");
        }
    }

    @Test
    void worksOnAHotDeviceIfThereIsNoOther() {
        machine.here.removeAll(List.of("NPU", "GPU"));
        machine.celsius.put("CPU", 99.0);
        try (var deployment = machine.deploy()) {
            machine.later(Duration.ofSeconds(2));

            assertThat(deployment.use(Device::name)).isEqualTo("CPU");
        }
    }

    @Test
    void givesWorkToADeviceThatHasNone() throws Exception {
        try (var deployment = machine.deploy();
                var thread = Executors.newSingleThreadExecutor()) {
            machine.failing.put("NPU", "once");
            deployment.use(device -> device.doubled(0)); // so that the GPU has it, too
            machine.failing.clear();
            machine.later(Deployment.PAUSE);
            awaitMoveTo("NPU", deployment);
            var begun = new CountDownLatch(1);
            var both = new CyclicBarrier(2);

            var first =
                    thread.submit(() ->
                            deployment.use(device -> {
                                begun.countDown();
                                await(both);
                                return device.name();
                            }));
            begun.await();
            var second = deployment.use(Device::name);
            await(both);

            assertThat(first.get()).isEqualTo("NPU");
            assertThat(second).isEqualTo("GPU");
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRequestThatFailsEverywhereIsTheRequestsFault() {
        try (var deployment = machine.deploy()) {
            for (String device : machine.here) {
                machine.failing.put(device, device + " cannot do that");
            }

            assertThatThrownBy(() -> deployment.use(device -> device.doubled(1)))
                    .isInstanceOf(OpenVinoException.class)
                    .hasMessage("CPU cannot do that");
            assertThat(deployment.placement().device()).isEqualTo("NPU");
            machine.failing.clear();
            assertThat(deployment.use(Device::name)).isEqualTo("NPU");
        }
    }

    @Test
    void closesWhatItMade() {
        var deployment = machine.deploy();
        machine.failing.put("NPU", "lost");
        deployment.use(device -> device.doubled(1));

        deployment.close();

        assertThat(machine.open()).isEmpty();
        assertThatThrownBy(() -> deployment.use(Device::name))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }
}
