package dev.outrider.ai.openvino;

import java.util.Optional;
import org.intel.openvino.Core;
import org.intel.openvino.NativeLibrary;

/** The engine as a whole: whether it can be used, and the one core everything shares. */
public final class OpenVino {
    /** Name of the DJL engine. */
    public static final String ENGINE = "OpenVINO";

    private OpenVino() {}

    /** Why OpenVINO cannot be used here; empty if it can. Loads the library on the first call. */
    public static Optional<String> unavailable() {
        return NativeLibrary.unavailable();
    }

    /**
     * The core that all models of this process share.
     *
     * @throws org.intel.openvino.OpenVinoException if OpenVINO cannot be used here
     */
    public static Core core() {
        NativeLibrary.loadNativeLibs();
        return Shared.CORE;
    }

    private static final class Shared {
        static final Core CORE = new Core();
    }
}
