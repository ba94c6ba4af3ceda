package dev.outrider.ai.natives;

import dev.outrider.ai.catalogue.PackageRef;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A registry package with prebuilt libraries for one platform.
 *
 * @param library name of the library, the first folder of its place in our jar
 * @param platform name as in {@link Platform.Supported}
 * @param reference the package
 * @param checksum as its registry prints it: SHA-512 in Base64 for npm, SHA-256 in hexadecimal for
 *     wheels
 * @param needed which of its files we take
 */
record NativePackage(
        String library, String platform, PackageRef reference, String checksum, Pattern needed) {
    /** llama.cpp v0.5.0 with ggml 0.25.1, processor back ends only. */
    static final List<NativePackage> LLAMA =
            List.of(
                    llama(
                            "linux-x64",
                            "5uCCDNqWCNfaAm8aR/Uzxbo4HBpKgNF91kCHPepKhgMgV2OAmatoefbOlMihsqCiH2Od35E/eUHQCFbfRBJuOg=="),
                    llama(
                            "linux-arm64",
                            "W+7naKCXX9/eEjjFmRS8vvx91QyLXDbeFxexZc3bh/PtQABZgmRL3C0AtYYXn4YGTj/3Qor4lWZn2tpjZFPLdQ=="));

    /**
     * OpenVINO 2026.4.1 with the processor plug-in, the one that chooses between devices, and the
     * readers of the formats we load. The wheels name a Python only because a binding we leave out
     * is for it.
     */
    static final List<NativePackage> OPENVINO =
            List.of(
                    openvino(
                            "linux-x64",
                            "cp311-manylinux_2_28_x86_64",
                            "2d22b1da03f7caf74df30e9f6417d0ab2f637e4a38e08e1dcd294d2c37407aaf"),
                    openvino(
                            "linux-arm64",
                            "cp311-manylinux_2_35_aarch64",
                            "bea1eb3733c34ef331adc945da0ccda5937865031139073663be84c517ffda22"));

    private static NativePackage openvino(String platform, String wheel, String sha256) {
        return new NativePackage(
                "openvino",
                platform,
                new PackageRef(PackageRef.Client.PIP, "openvino", "2026.4.1", wheel),
                sha256,
                Pattern.compile(
                        "openvino/libs/(libopenvino(_c|_(ir|onnx|tensorflow|tensorflow_lite)_frontend)?\\.so\\.\\d+"
                                + "|libopenvino_((intel|arm)_cpu|auto)_plugin\\.so"
                                + "|libtbb(malloc)?\\.so\\.\\d+)"
                                + "|openvino-[0-9.]+\\.dist-info/licenses/LICENSE"));
    }

    private static NativePackage llama(String platform, String sha512) {
        return new NativePackage(
                "llama",
                platform,
                new PackageRef(PackageRef.Client.NPM, "@node-llama-cpp/" + platform, "3.22.1"),
                sha512,
                Pattern.compile(
                        "package/(bins/[a-z0-9-]+/lib(llama|ggml)\\.v[0-9.]+\\.so"
                                + "|bins/[a-z0-9-]+/libggml-(base|cpu-[a-z0-9._]+)\\.so"
                                + "|LICENSE)"));
    }

    /** Where its files lie inside our jar. */
    String folder() {
        return "META-INF/outrider/%s/%s".formatted(library, platform);
    }
}
