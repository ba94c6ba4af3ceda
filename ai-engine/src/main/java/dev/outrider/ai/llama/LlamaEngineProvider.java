package dev.outrider.ai.llama;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;
import dev.outrider.ai.DjlOffline;

/**
 * Found by DJL through the service loader. Before DJL does anything else it keeps DJL from
 * reporting its use and from downloading anything: a robot calls nobody we did not ask it to.
 */
public final class LlamaEngineProvider implements EngineProvider {
    static {
        DjlOffline.keep();
    }

    @Override
    public String getEngineName() {
        return Llama.ENGINE;
    }

    @Override
    public int getEngineRank() {
        return LlamaEngine.RANK;
    }

    @Override
    public Engine getEngine() {
        return Instance.ENGINE;
    }

    private static final class Instance {
        static final Engine ENGINE = new LlamaEngine();
    }
}
