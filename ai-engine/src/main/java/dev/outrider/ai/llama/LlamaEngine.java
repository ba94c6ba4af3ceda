package dev.outrider.ai.llama;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.util.passthrough.PassthroughNDManager;
import org.jspecify.annotations.Nullable;

/** DJL's view of the engine. It exists even where the library does not; models then refuse. */
final class LlamaEngine extends Engine {
    /** Behind the engines that compute tensors: this one runs whole models only. */
    static final int RANK = 20;

    @Override
    public @Nullable Engine getAlternativeEngine() {
        return null;
    }

    @Override
    public String getEngineName() {
        return Llama.ENGINE;
    }

    @Override
    public int getRank() {
        return RANK;
    }

    @Override
    public String getVersion() {
        return switch (Llama.availability()) {
            case Availability.Available(var version, var folder) -> version;
            case Availability.Unavailable(var reason) -> "unavailable: " + reason;
        };
    }

    @Override
    public boolean hasCapability(String capability) {
        return false;
    }

    @Override
    public Model newModel(String name, @Nullable Device device) {
        return new LlamaModel(name, newBaseManager(device));
    }

    @Override
    public NDManager newBaseManager() {
        return newBaseManager(null);
    }

    @Override
    public NDManager newBaseManager(@Nullable Device device) {
        return new PassthroughNDManager(this, device == null ? defaultDevice() : device);
    }

    @Override
    public Device defaultDevice() {
        return Device.cpu();
    }

    @Override
    public int getGpuCount() {
        return 0;
    }
}
