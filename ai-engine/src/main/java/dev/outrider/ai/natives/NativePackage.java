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
 * @param sha512 its integrity, Base64 as npm prints it
 * @param needed which of its files we take
 */
record NativePackage(
        String library, String platform, PackageRef reference, String sha512, Pattern needed) {
    /** llama.cpp v0.5.0 with ggml 0.25.1, processor back ends only. */
    static final List<NativePackage> LLAMA =
            List.of(
                    llama(
                            "linux-x64",
                            "5uCCDNqWCNfaAm8aR/Uzxbo4HBpKgNF91kCHPepKhgMgV2OAmatoefbOlMihsqCiH2Od35E/eUHQCFbfRBJuOg=="),
                    llama(
                            "linux-arm64",
                            "W+7naKCXX9/eEjjFmRS8vvx91QyLXDbeFxexZc3bh/PtQABZgmRL3C0AtYYXn4YGTj/3Qor4lWZn2tpjZFPLdQ=="));

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
