package dev.outrider.ai.natives;

import dev.outrider.ai.catalogue.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The list of packed files with their SHA-256, first line the package. A jar cannot be listed
 * through a class loader, so the list is a file of its own.
 *
 * @param version package and version the files came from
 * @param sha256ByFile checksum of each file
 */
record NativeIndex(String version, Map<String, String> sha256ByFile) {
    static final String NAME = "index.txt";

    static NativeIndex parse(String text) {
        var lines = text.lines().toList();
        var files = new LinkedHashMap<String, String>();
        for (String line : lines.subList(1, lines.size())) {
            var columns = line.split(" ", -1);
            files.put(columns[1], columns[0]);
        }
        return new NativeIndex(lines.getFirst(), files);
    }

    static boolean packed(Path folder, NativePackage natives) throws IOException {
        var file = folder.resolve(NAME);
        return Files.isRegularFile(file)
                && parse(Files.readString(file)).version.equals(natives.reference().toString());
    }

    static void write(Path folder, NativePackage natives) throws IOException {
        var lines = new ArrayList<String>();
        lines.add(natives.reference().toString());
        for (Path file : files(folder)) {
            lines.add(Checksums.sha256(file) + " " + file.getFileName());
        }
        Files.write(folder.resolve(NAME), lines);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith(NAME)).sorted().toList();
        }
    }
}
