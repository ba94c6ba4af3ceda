package org.intel.openvino;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.natives.NativeLibraries;
import dev.outrider.ai.natives.NativeLibraries.Place;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where OpenVINO comes from: the folder named by the system property {@value #LIBRARY_PATH}, an
 * installation named by the environment variable {@code INTEL_OPENVINO_DIR} (both may have GPU and
 * NPU plug-ins), or else the files in our own jar.
 */
public final class NativeLibrary {
    /** System property naming a folder with the user's own libopenvino_c and its plug-ins. */
    public static final String LIBRARY_PATH = "outrider.openvino.library-path";

    /** Name of the library, as the file name has it. */
    public static final String NATIVE_LIBRARY_NAME = "openvino_c";

    private static final Pattern FILE = Pattern.compile("libopenvino_c\\.so(\\.\\d+)?");

    private NativeLibrary() {}

    /** The library as found in this process, or why there is none. */
    sealed interface State {
        record Loaded(SymbolLookup symbols, Path folder) implements State {}

        record Missing(String reason) implements State {}
    }

    /**
     * Loads the library unless that was done.
     *
     * @throws OpenVinoException if it cannot be used here; the message says why
     */
    public static void loadNativeLibs() {
        unavailable()
                .ifPresent(reason -> {
                    throw new OpenVinoException("OpenVINO cannot be used: " + reason);
                });
    }

    /** Why OpenVINO cannot be used here; empty if it can. */
    public static Optional<String> unavailable() {
        return switch (Holder.STATE) {
            case State.Loaded loaded -> Abi.PROBLEM;
            case State.Missing(var reason) -> Optional.of(reason);
        };
    }

    /** The folder its files were loaded from. */
    public static Path folder() {
        loadNativeLibs();
        return loaded().folder;
    }

    static SymbolLookup symbols() {
        return loaded().symbols;
    }

    private static State.Loaded loaded() {
        return switch (Holder.STATE) {
            case State.Loaded loaded -> loaded;
            case State.Missing(var reason) -> throw new OpenVinoException(reason);
        };
    }

    static State open(Place place) {
        return switch (place) {
            case Place.None(var reason) -> new State.Missing(reason);
            case Place.Folder(var folder) -> open(folder);
        };
    }

    @SuppressWarnings("restricted")
    private static State open(Path folder) {
        try {
            var library = library(folder);
            if (library.isEmpty()) {
                return new State.Missing("there is no libopenvino_c.so in " + folder);
            }
            return new State.Loaded(
                    SymbolLookup.libraryLookup(library.get(), Arena.global()), folder);
        } catch (IOException | IllegalArgumentException e) {
            return new State.Missing("cannot load OpenVINO from %s: %s".formatted(folder, e));
        }
    }

    private static Optional<Path> library(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> FILE.matcher(file.getFileName().toString()).matches())
                    .max(Comparator.naturalOrder())
                    .map(Path::toAbsolutePath);
        }
    }

    private static Place place() {
        var own = System.getProperty(LIBRARY_PATH, "");
        if (!own.isBlank()) {
            return new Place.Folder(Path.of(own));
        }
        var installed = System.getenv().getOrDefault("INTEL_OPENVINO_DIR", "");
        if (!installed.isBlank()) {
            var processor = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "intel64";
            return new Place.Folder(Path.of(installed, "runtime", "lib", processor));
        }
        return new NativeLibraries(CacheFolder.standard()).unpacked("openvino");
    }

    private static final class Holder {
        static final State STATE = open(place());
    }

    private static final class Abi {
        static final Optional<String> PROBLEM = Calls.mismatch();
    }
}
