package org.intel.openvino;

/** What concerns the library as a whole. */
@SuppressWarnings({"MemberName", "DoNotCallSuggester"}) // the names of openvino_contrib's API
public final class Openvino extends Wrapper {
    private Openvino() {}

    /**
     * The library's version.
     *
     * @throws OpenVinoException if it cannot be used here; the message says why
     */
    public static String version() {
        NativeLibrary.loadNativeLibs();
        return Calls.version();
    }

    /** The C API has no function for it up to 2026.4. */
    public static void serialize(Model model, String xmlPath, String binPath) {
        throw unsupported();
    }

    /** The C API has no function for it up to 2026.4. */
    public static void save_model(Model model, String outputModel, boolean compressToFp16) {
        throw unsupported();
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException(
                "OpenVINO's C API cannot write models; CompiledModel.export_model writes compiled ones");
    }
}
