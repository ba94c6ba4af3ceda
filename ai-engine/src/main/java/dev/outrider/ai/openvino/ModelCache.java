package dev.outrider.ai.openvino;

import dev.outrider.ai.catalogue.CacheFolder;
import dev.outrider.ai.catalogue.Checksums;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.intel.openvino.CompiledModel;
import org.intel.openvino.Core;
import org.intel.openvino.Model;

/**
 * A folder in which compiled models are kept, so that the next start is faster. OpenVINO itself
 * takes a damaged file for a good one as often as not and then computes something else; so each is
 * noted with its checksum, and one that changed is removed before OpenVINO looks.
 *
 * @param folder for this alone
 */
public record ModelCache(Path folder) {
    private static final String SUM = ".sha256";

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
     * file has a folder of its own, so that only what it needs is checked.
     */
    public CompiledModel compile(
            Core core, Path model, String device, Map<String, String> properties) {
        var own = folder.resolve("%s-%08x".formatted(model.getFileName(), place(model)));
        return new ModelCache(own)
                .kept(properties, all -> core.compile_model(model.toString(), device, all));
    }

    private static int place(Path model) {
        return model.toAbsolutePath().normalize().toString().hashCode();
    }

    private CompiledModel kept(
            Map<String, String> properties,
            Function<Map<String, String>, CompiledModel> compiling) {
        try {
            Files.createDirectories(folder);
            removeChanged();
            var all = new HashMap<>(properties);
            all.put("CACHE_DIR", folder.toString());
            var compiled = compiling.apply(all);
            noteNew();
            return compiled;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep compiled models in " + folder, e);
        }
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
                var work = Files.createTempFile(folder, "note", SUM);
                Files.writeString(work, Checksums.sha256(file));
                Files.move(work, sum(file), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().endsWith(SUM))
                    .toList();
        }
    }

    private static Path sum(Path file) {
        return file.resolveSibling(file.getFileName() + SUM);
    }
}
