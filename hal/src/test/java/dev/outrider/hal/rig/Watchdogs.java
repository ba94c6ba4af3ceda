package dev.outrider.hal.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The rig's watchdogs. */
public final class Watchdogs {

    private Watchdogs() {}

    /** The device of the watchdog whose identity contains the text, in any case. */
    public static Path called(String text) {
        try (Stream<Path> folders = Files.list(Path.of("/sys/class/watchdog"))) {
            List<Path> found = folders.filter(folder -> identity(folder).contains(text)).toList();
            return Path.of("/dev", found.getFirst().getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String identity(Path folder) {
        try {
            return Files.readString(folder.resolve("identity")).toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
