package dev.outrider.sense;

import dev.outrider.ai.sense.Picture;
import dev.outrider.ai.sense.SenseException;
import dev.outrider.hal.linux.LinuxException;
import dev.outrider.hal.linux.VideoDevice;
import dev.outrider.hal.linux.VideoFrame;
import java.nio.file.Path;
import java.time.Duration;

/** A camera of the kernel's, opened for each picture, so that others may use it in between. */
final class VideoCamera implements Camera {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Path device;
    private final String name;

    private VideoCamera(Path device, String name) {
        this.device = device;
        this.name = name;
    }

    /**
     * The named camera, or for {@value SenseConfig#AUTO} the first there is.
     *
     * @throws SenseException if there is none; the message says why
     */
    static VideoCamera find(String named) {
        Path path =
                named.equals(SenseConfig.AUTO)
                        ? VideoDevice.cameras().stream()
                                .findFirst()
                                .orElseThrow(() -> new SenseException("this machine has no camera"))
                        : Path.of(named);
        try (VideoDevice opened = VideoDevice.open(path)) {
            return new VideoCamera(path, opened.name());
        } catch (LinuxException | IllegalArgumentException e) {
            throw new SenseException(
                    "there is no folder and no camera %s (%s)".formatted(path, e.getMessage()), e);
        }
    }

    @Override
    public Picture take() {
        try (VideoDevice opened = VideoDevice.open(device)) {
            VideoFrame frame = opened.take(WIDTH, HEIGHT, PATIENCE);
            return switch (frame.format()) {
                case MJPG -> Picture.decode(frame.jpeg(), "the camera's picture");
                case YUYV -> new Picture(frame.width(), frame.height(), frame.rgb());
            };
        } catch (LinuxException | IllegalArgumentException | IllegalStateException e) {
            throw new SenseException(
                    "the camera %s (%s) shows nothing: %s".formatted(device, name, e.getMessage()),
                    e);
        }
    }

    @Override
    public String describe() {
        return name + " at " + device;
    }
}
