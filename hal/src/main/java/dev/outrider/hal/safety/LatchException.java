package dev.outrider.hal.safety;

import java.io.IOException;
import java.nio.file.Path;

/** The emergency stop's latch file could not be written. */
public final class LatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LatchException(Path file, String attempted, IOException cause) {
        super(
                "%s: cannot %s (%s); check that the folder exists, is writable and has space"
                        .formatted(file, attempted, cause),
                cause);
    }
}
