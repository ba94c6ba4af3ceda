package dev.outrider.ai.llama;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.llama.foreign.AbiException;
import dev.outrider.ai.llama.foreign.LlamaLibrary;
import dev.outrider.ai.natives.NativeLibraries;
import dev.outrider.ai.natives.NativeLibraries.Place;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The engine as a whole. The library comes from our jar, or from the folder named by the system
 * property {@value #LIBRARY_PATH}; {@value #NATIVE_LOG}{@code =true} lets its log through to
 * standard error.
 */
public final class Llama {
    /** Name of the DJL engine. */
    public static final String ENGINE = "Llama";

    /** System property naming a folder with the user's own libllama and libggml files. */
    public static final String LIBRARY_PATH = "outrider.llama.library-path";

    /** System property that shows the library's own log. */
    public static final String NATIVE_LOG = "outrider.llama.log";

    private Llama() {}

    /** Whether models can be loaded, or why not. Loads the library on the first call. */
    public static Availability availability() {
        return Loaded.AVAILABILITY;
    }

    /** The library's version. */
    static String require() {
        return switch (availability()) {
            case Availability.Available(var version, var folder) -> version;
            case Availability.Unavailable(var reason) ->
                    throw new LlamaException("GGUF models cannot be run: " + reason);
        };
    }

    private static Place place() {
        var own = System.getProperty(LIBRARY_PATH, "");
        return own.isBlank()
                ? new NativeLibraries(CacheFolder.standard()).unpacked("llama")
                : new Place.Folder(Path.of(own));
    }

    static Availability open(Place place) {
        return switch (place) {
            case Place.None(var reason) -> new Availability.Unavailable(reason);
            case Place.Folder(var path) -> open(path);
        };
    }

    private static Availability open(Path folder) {
        try {
            var version = LlamaLibrary.open(folder, Boolean.getBoolean(NATIVE_LOG));
            return new Availability.Available(version, folder);
        } catch (IOException | AbiException e) {
            return new Availability.Unavailable(String.valueOf(e.getMessage()));
        }
    }

    private static final class Loaded {
        static final Availability AVAILABILITY = open(place());
    }
}
