package dev.outrider.sense;

import dev.outrider.ai.sense.Picture;
import dev.outrider.ai.sense.SenseException;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder of pictures as a camera: each look takes the next by name, and the first again after the
 * last. What is put into the folder meanwhile is seen in its turn.
 */
final class FolderCamera implements Camera {

    private final Path folder;
    private String last = "";

    FolderCamera(Path folder) {
        this.folder = folder;
    }

    @Override
    public synchronized Picture take() {
        List<Path> pictures = Folder.files(folder, "png", "jpg", "jpeg", "gif", "bmp");
        if (pictures.isEmpty()) {
            throw new SenseException(
                    "the camera shows nothing: there is no picture (PNG, JPEG, GIF, BMP) in "
                            + folder);
        }
        Path next =
                pictures.stream()
                        .filter(p -> Folder.name(p).compareTo(last) > 0)
                        .findFirst()
                        .orElse(pictures.getFirst());
        last = Folder.name(next);
        return Picture.read(next);
    }

    @Override
    public String describe() {
        return "pictures in " + folder;
    }
}
