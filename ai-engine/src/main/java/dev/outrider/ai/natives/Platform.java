package dev.outrider.ai.natives;

import java.nio.file.Files;
import java.nio.file.Path;

/** The kind of machine we run on, as far as native libraries care. */
public sealed interface Platform {
    /**
     * One that bundled libraries exist for.
     *
     * @param name operating system and processor, such as {@code linux-x64}
     */
    record Supported(String name) implements Platform {}

    record Unsupported(String reason) implements Platform {}

    /** This machine. */
    static Platform current() {
        return of(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Files.exists(Path.of("/lib/ld-musl-" + muslName() + ".so.1")));
    }

    static Platform of(String system, String processor, boolean musl) {
        if (!system.equals("Linux")) {
            return new Unsupported(
                    "no libraries for %s are bundled, only for Linux".formatted(system));
        }
        if (musl) {
            return new Unsupported(
                    "the bundled libraries need glibc 2.34 or later, this Linux has musl");
        }
        return switch (processor) {
            case "amd64" -> new Supported("linux-x64");
            case "aarch64" -> new Supported("linux-arm64");
            default ->
                    new Unsupported(
                            "no libraries for %s processors are bundled, only for x86-64 and aarch64"
                                    .formatted(processor));
        };
    }

    private static String muslName() {
        return System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
    }
}
