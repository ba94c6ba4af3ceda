package dev.outrider.ai.sense;

import dev.outrider.ai.openvino.Conditions;
import dev.outrider.ai.openvino.Deployment;
import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.openvino.ModelCache;
import dev.outrider.ai.openvino.OpenVino;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.intel.openvino.CompiledModel;
import org.intel.openvino.InferRequest;
import org.intel.openvino.OpenVinoException;
import org.intel.openvino.Output;

/** A model made for one device, with a request for each thread that computes. */
final class Network implements AutoCloseable {
    /** Speech and text models go wrong in 16 bits. */
    static final Map<String, String> EXACT = Map.of("INFERENCE_PRECISION_HINT", "f32");

    private static final Duration LOOK_UP = Duration.ofMillis(20);

    private final CompiledModel model;
    private final ConcurrentLinkedQueue<InferRequest> idle = new ConcurrentLinkedQueue<>();

    Network(CompiledModel model) {
        this.model = model;
    }

    /** Makes a model file for a device, fast if that was done before. */
    static Network compile(Path file, String device, Map<String, String> properties) {
        var all = new HashMap<String, String>();
        all.put("PERFORMANCE_HINT", "LATENCY");
        all.putAll(properties);
        return new Network(ModelCache.standard().compile(OpenVino.core(), file, device, all));
    }

    /** Opens a model file on the devices of an order. */
    static Deployment<Network> deploy(Path file, Devices devices, Map<String, String> properties) {
        return deploy(file.toString(), devices, device -> compile(file, device, properties));
    }

    /** Of the folder, which the catalogue calls as the model, and the file. */
    static String name(Path file) {
        var folder = file.toAbsolutePath().getParent();
        return folder == null || folder.getFileName() == null
                ? file.toString()
                : folder.getFileName() + "/" + file.getFileName();
    }

    /** Opens what is made of one or more models on the devices of an order. */
    static <T extends AutoCloseable> Deployment<T> deploy(
            String name, Devices devices, Function<String, T> making) {
        OpenVino.unavailable()
                .ifPresent(reason -> {
                    throw new SenseException("OpenVINO cannot be used: " + reason);
                });
        try {
            return new Deployment<>(
                    name,
                    devices,
                    OpenVino.core()::get_available_devices,
                    making,
                    Conditions.measured(),
                    InstantSource.system());
        } catch (OpenVinoException | Devices.RefusedException e) {
            throw new SenseException(
                    "the model %s cannot be used: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Works with a model; that all devices fail is told as something that cannot be sensed. */
    static <T extends AutoCloseable, R> R use(Deployment<T> deployment, Function<T, R> work) {
        try {
            return deployment.use(work);
        } catch (OpenVinoException e) {
            throw new SenseException(
                    "%s failed: %s".formatted(deployment.placement().model(), e.getMessage()), e);
        }
    }

    /** Lends a request of a deployed model. */
    static <R> R with(Deployment<Network> deployment, Function<InferRequest, R> work) {
        return use(deployment, network -> network.with(work));
    }

    /** Names of the inputs. */
    List<String> inputs() {
        return model.inputs().stream().map(Output::get_any_name).toList();
    }

    /** A request of one's own, for what keeps state between inferences. */
    InferRequest request() {
        return model.create_infer_request();
    }

    /** Lends a request. */
    <T> T with(Function<InferRequest, T> use) {
        var free = idle.poll();
        var request = free == null ? model.create_infer_request() : free;
        try {
            return use.apply(request);
        } finally {
            idle.add(request);
        }
    }

    /**
     * Computes. Interrupting the thread ends that soon, also in the middle of a large model.
     *
     * @throws SenseException.Cancelled if the thread is interrupted, which it then still is
     */
    static void infer(InferRequest request) {
        if (Thread.currentThread().isInterrupted()) {
            throw new SenseException.Cancelled();
        }
        request.start_async();
        while (!request.wait_for(LOOK_UP)) {
            if (Thread.currentThread().isInterrupted()) {
                cancel(request);
            }
        }
    }

    private static void cancel(InferRequest request) {
        var cancelled = new SenseException.Cancelled();
        request.cancel();
        try {
            request.wait_async();
        } catch (OpenVinoException e) {
            cancelled.addSuppressed(e); // it says that it was cancelled
        }
        throw cancelled;
    }

    @Override
    public void close() {
        for (var request = idle.poll(); request != null; request = idle.poll()) {
            request.close();
        }
        model.close();
    }
}
