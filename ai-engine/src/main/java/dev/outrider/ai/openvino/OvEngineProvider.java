package dev.outrider.ai.openvino;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;

/**
 * Found by DJL through the service loader. Like the other engines here it keeps DJL from reporting
 * its use and from downloading anything.
 */
public final class OvEngineProvider implements EngineProvider {
    static {
        keepDjlOffline();
    }

    static void keepDjlOffline() {
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("DJL_OFFLINE", "true");
        System.setProperty("ai.djl.offline", "true");
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
