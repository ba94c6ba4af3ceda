package dev.outrider.ai.llama.foreign;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one libllama of this process. It is loaded by absolute path, finds its siblings by its own
 * run path, and is never unloaded.
 */
public final class LlamaLibrary {
    /** The version whose structs {@link Layouts} describes. */
    public static final String VERSION = "0.5.0-dev";

    private static final Pattern LLAMA =
            Pattern.compile("libllama(\\.v[0-9.]+)?\\.so(\\.[0-9.]+)?");
    private static final Pattern GGML = Pattern.compile("libggml(\\.v[0-9.]+)?\\.so(\\.[0-9.]+)?");
    private static final Pattern BASE = Pattern.compile("libggml-base\\.so(\\.[0-9.]+)?");

    private static @Nullable SymbolLookup symbols;

    private LlamaLibrary() {}

    /**
     * Loads the library from a folder, checks that it is the one we know, and readies its back
     * ends.
     *
     * @return the library's version
     * @throws IOException if a file is missing or the dynamic linker refuses it
     * @throws AbiException if it is not the version we know
     */
    public static synchronized String open(Path folder, boolean nativeLog) throws IOException {
        if (symbols == null) {
            symbols = load(folder.toAbsolutePath());
        }
        try {
            AbiGuard.check();
            if (!nativeLog) {
                BackendCalls.silenceLog();
            }
            BackendCalls.loadBackends(folder.toAbsolutePath());
        } catch (ExceptionInInitializerError e) {
            throw new AbiException("the library in " + folder + " is not usable: " + e.getCause());
        }
        return BackendCalls.version();
    }

    static synchronized SymbolLookup symbols() {
        if (symbols == null) {
            throw new IllegalStateException("libllama is not loaded");
        }
        return symbols;
    }

    private static SymbolLookup load(Path folder) throws IOException {
        var base = lookup(folder, BASE);
        var ggml = lookup(folder, GGML);
        var llama = lookup(folder, LLAMA);
        return name -> llama.find(name).or(() -> ggml.find(name)).or(() -> base.find(name));
    }

    private static SymbolLookup lookup(Path folder, Pattern name) throws IOException {
        try (var files = Files.list(folder)) {
            var file =
                    files.filter(path -> name.matcher(path.getFileName().toString()).matches())
                            .min(Comparator.naturalOrder())
                            .orElseThrow(() -> new IOException("no " + name + " in " + folder));
            return load(file, folder);
        }
    }

    private static SymbolLookup load(Path file, Path folder) throws IOException {
        try {
            return SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "%s could not be loaded (glibc 2.34 or later and all files of %s are needed): %s"
                            .formatted(file, folder, e.getMessage()),
                    e);
        }
    }
}
