package dev.outrider.ai.openvino;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.Checksums;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.intel.openvino.CompiledModel;
import org.intel.openvino.Core;
import org.intel.openvino.Model;
import org.intel.openvino.Openvino;

/**
 * A folder in which compiled models are kept, so that the next start is faster. OpenVINO itself
 * takes a damaged file for a good one as often as not and then computes something else; so each is
 * noted with its checksum, and one that changed is removed before OpenVINO looks. Where nothing can
 * be kept, models are compiled all the same, with a warning.
 *
 * @param folder for this alone
 */
public record ModelCache(Path folder) {
    private static final System.Logger LOG = System.getLogger(ModelCache.class.getName());
    private static final String NOT_KEPT = "compiled models cannot be kept in {0}: {1}";
    private static final String SUM = ".sha256";
    private static final String SOURCE = "source.txt";

    /** The one in the user's cache. */
    public static ModelCache standard() {
        return new ModelCache(CacheFolder.standard().root().resolve("compiled"));
    }

    /** Compiles a model, or takes what an earlier process compiled. */
    public CompiledModel compile(
            Core core, Model model, String device, Map<String, String> properties) {
        return kept(properties, all -> core.compile_model(model, device, all));
    }

    /**
     * Compiles a model file; what an earlier process compiled is taken without reading it. Each
     * file has a folder of its own for a device and properties, so that only what it needs is
     * checked. What was compiled from a file that has gone or changed since is removed.
     */
    public CompiledModel compile(
            Core core, Path model, String device, Map<String, String> properties) {
        var source = model.toAbsolutePath().normalize();
        var hash = List.of(source.toString(), device, new TreeMap<>(properties)).hashCode();
        var own = folder.resolve("%s-%08x".formatted(source.getFileName(), hash));
        try {
            prepare(own, state(source) + Openvino.version());
            removeStale();
        } catch (NoSuchFileException e) {
            return core.compile_model(model.toString(), device, properties); // which says so
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.WARNING, NOT_KEPT, folder, e);
            return core.compile_model(model.toString(), device, properties);
        }
        return new ModelCache(own)
                .kept(properties, all -> core.compile_model(model.toString(), device, all));
    }

    /** Empties a folder in which something else stands than what is about to be compiled. */
    private static void prepare(Path own, String state) throws IOException {
        var note = own.resolve(SOURCE);
        if (Files.isRegularFile(note) && Files.readString(note).equals(state)) {
            return;
        }
        if (Files.exists(own)) {
            CacheFolder.delete(own);
        }
        Files.createDirectories(own);
        write(note, state);
    }

    /**
     * Removes what was compiled from files that have gone or changed since.
     *
     * @return bytes freed
     */
    public long removeStale() throws IOException {
        long freed = 0;
        for (Path own : list(folder)) {
            var note = own.resolve(SOURCE);
            if (Files.isRegularFile(note)) {
                var noted = Files.readString(note);
                var source = Path.of(noted.lines().findFirst().orElse(""));
                if (!Files.isRegularFile(source) || !noted.startsWith(state(source))) {
                    for (Path file : list(own)) {
                        freed += Files.size(file);
                    }
                    CacheFolder.delete(own);
                }
            }
        }
        return freed;
    }

    /** Path, size and time of a file, a line each. */
    private static String state(Path file) throws IOException {
        return "%s\n%d\n%s\n".formatted(file, Files.size(file), Files.getLastModifiedTime(file));
    }

    private CompiledModel kept(
            Map<String, String> properties,
            Function<Map<String, String>, CompiledModel> compiling) {
        try {
            Files.createDirectories(folder);
            removeChanged();
        } catch (IOException e) {
            LOG.log(Level.WARNING, NOT_KEPT, folder, e);
            return compiling.apply(properties);
        }
        var all = new HashMap<>(properties);
        all.put("CACHE_DIR", folder.toString());
        var compiled = compiling.apply(all);
        try {
            noteNew();
        } catch (IOException e) {
            LOG.log(Level.WARNING, NOT_KEPT, folder, e);
        }
        return compiled;
    }

    private void removeChanged() throws IOException {
        for (Path file : files()) {
            var sum = sum(file);
            if (!Files.isRegularFile(sum)
                    || !Files.readString(sum).equals(Checksums.sha256(file))) {
                Files.deleteIfExists(file);
                Files.deleteIfExists(sum);
            }
        }
    }

    private void noteNew() throws IOException {
        for (Path file : files()) {
            if (!Files.isRegularFile(sum(file))) {
                write(sum(file), Checksums.sha256(file));
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        var work = Files.createTempFile(file.getParent(), "note", SUM);
        Files.writeString(work, text);
        Files.move(work, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<Path> files() throws IOException {
        return list(folder).stream()
                .filter(Files::isRegularFile)
                .filter(file -> !file.endsWith(SOURCE) && !file.toString().endsWith(SUM))
                .toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        }
    }

    private static Path sum(Path file) {
        return file.resolveSibling(file.getFileName() + SUM);
    }
}
