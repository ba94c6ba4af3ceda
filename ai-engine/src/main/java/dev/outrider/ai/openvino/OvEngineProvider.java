package dev.outrider.ai.openvino;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;
import dev.outrider.ai.DjlOffline;

/**
 * Found by DJL through the service loader. Like the other engines here it keeps DJL from reporting
 * its use and from downloading anything.
 */
public final class OvEngineProvider implements EngineProvider {
    static {
        DjlOffline.keep();
    }

    @Override
    public String getEngineName() {
        return OpenVino.ENGINE;
    }

    @Override
    public int getEngineRank() {
        return OvEngine.RANK;
    }

    @Override
    public Engine getEngine() {
        return OvEngine.INSTANCE;
    }
}
