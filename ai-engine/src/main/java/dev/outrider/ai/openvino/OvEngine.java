package dev.outrider.ai.openvino;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import org.intel.openvino.Openvino;
import org.jspecify.annotations.Nullable;

/** DJL's view of the engine. It exists even where the library does not; models then refuse. */
final class OvEngine extends Engine {
    /** Before the other engines: this one has arrays that translators can compute with. */
    static final int RANK = 8;

    static final OvEngine INSTANCE = new OvEngine();

    @Override
    public @Nullable Engine getAlternativeEngine() {
        return null;
    }

    @Override
    public String getEngineName() {
        return OpenVino.ENGINE;
    }

    @Override
    public int getRank() {
        return RANK;
    }

    @Override
    public String getVersion() {
        return OpenVino.unavailable()
                .map(reason -> "unavailable: " + reason)
                .orElseGet(Openvino::version);
    }

    @Override
    public boolean hasCapability(String capability) {
        return false;
    }

    @Override
    public Model newModel(String name, @Nullable Device device) {
        return new OvModel(name, newBaseManager(device));
    }

    @Override
    public NDManager newBaseManager() {
        return newBaseManager(null);
    }

    @Override
    public NDManager newBaseManager(@Nullable Device device) {
        return OvArrays.SYSTEM.newSubManager(device == null ? defaultDevice() : device);
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
