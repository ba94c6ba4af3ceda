package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U32;
import static dev.outrider.hal.linux.Struct.U64;
import static dev.outrider.hal.linux.Struct.U8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A camera of the kernel's: Video for Linux 2 with streaming into mapped memory. */
public final class VideoDevice implements AutoCloseable {

    /** {@code struct v4l2_capability} of videodev2.h. */
    static final StructLayout CAPABILITY =
            MemoryLayout.structLayout(
                    Struct.text("driver", 16),
                    Struct.text("card", 32),
                    Struct.text("bus_info", 32),
                    U32.withName("version"),
                    U32.withName("capabilities"),
                    U32.withName("device_caps"),
                    Struct.words("reserved", 3));

    /** {@code struct v4l2_format} with {@code struct v4l2_pix_format}. */
    static final StructLayout FORMAT =
            MemoryLayout.structLayout(
                    U32.withName("type"),
                    MemoryLayout.paddingLayout(4),
                    U32.withName("width"),
                    U32.withName("height"),
                    U32.withName("pixelformat"),
                    U32.withName("field"),
                    U32.withName("bytesperline"),
                    U32.withName("sizeimage"),
                    Struct.words("rest", 44));

    /** {@code struct v4l2_requestbuffers}. */
    static final StructLayout REQUEST =
            MemoryLayout.structLayout(
                    U32.withName("count"),
                    U32.withName("type"),
                    U32.withName("memory"),
                    U32.withName("capabilities"),
                    MemoryLayout.sequenceLayout(4, U8).withName("flags"));

    /** {@code struct v4l2_buffer}. */
    static final StructLayout BUFFER =
            MemoryLayout.structLayout(
                    U32.withName("index"),
                    U32.withName("type"),
                    U32.withName("bytesused"),
                    U32.withName("flags"),
                    U32.withName("field"),
                    MemoryLayout.paddingLayout(4),
                    MemoryLayout.sequenceLayout(2, U64).withName("timestamp"),
                    MemoryLayout.sequenceLayout(16, U8).withName("timecode"),
                    U32.withName("sequence"),
                    U32.withName("memory"),
                    U64.withName("offset"),
                    U32.withName("length"),
                    Struct.words("reserved", 2),
                    MemoryLayout.paddingLayout(4));

    static final Ioctl QUERY_CAPABILITY = Ioctl.read('V', 0, CAPABILITY);
    static final Ioctl SET_FORMAT = Ioctl.readWrite('V', 5, FORMAT);
    static final Ioctl REQUEST_BUFFERS = Ioctl.readWrite('V', 8, REQUEST);
    static final Ioctl QUERY_BUFFER = Ioctl.readWrite('V', 9, BUFFER);
    static final Ioctl QUEUE_BUFFER = Ioctl.readWrite('V', 15, BUFFER);
    static final Ioctl DEQUEUE_BUFFER = Ioctl.readWrite('V', 17, BUFFER);
    static final Ioctl STREAM_ON = Ioctl.write('V', 18, U32);
    static final Ioctl STREAM_OFF = Ioctl.write('V', 19, U32);

    private static final int CAPTURES = 0x1;
    private static final int STREAMS = 0x0400_0000;
    private static final int CAPTURE = 1;
    private static final int MAPPED = 1;
    private static final int DAMAGED = 0x40;
    private static final int BUFFERS = 4;

    /** Cameras need some pictures to find out how bright it is. */
    private static final int SKIPPED = 5;

    private final Descriptor device;

    private VideoDevice(Descriptor device) {
        this.device = device;
    }

    /**
     * Opens a device such as {@code /dev/video0}.
     *
     * @throws LinuxException if it is not there, or not for this user
     * @throws IllegalArgumentException if it is no camera
     */
    public static VideoDevice open(Path path) {
        VideoDevice opened =
                new VideoDevice(
                        Descriptor.open(path, Descriptor.READ_WRITE | Descriptor.NON_BLOCKING));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment capability = arena.allocate(CAPABILITY);
            opened.device.ioctl(QUERY_CAPABILITY, capability);
            int can = capability.get(U32, Struct.offset(CAPABILITY, "device_caps"));
            if ((can & CAPTURES) == 0 || (can & STREAMS) == 0) {
                throw new IllegalArgumentException(
                        "%s (%s) takes no pictures"
                                .formatted(path, Struct.text(capability, CAPABILITY, "card")));
            }
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** The cameras of this machine, by number; those this user may not open are left out. */
    public static List<Path> cameras() {
        Path devices = Path.of("/sys/class/video4linux");
        if (!Files.isDirectory(devices)) {
            return List.of();
        }
        return SysfsFile.entries(devices, "video*").stream()
                .map(entry -> entry.getFileName().toString())
                .sorted(Comparator.comparingInt(VideoDevice::number))
                .map(name -> Path.of("/dev", name))
                .filter(VideoDevice::takesPictures)
                .toList();
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring("video".length()));
    }

    private static boolean takesPictures(Path path) {
        try {
            open(path).close();
            return true;
        } catch (LinuxException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Its name, as the driver gives it. */
    public String name() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment capability = arena.allocate(CAPABILITY);
            device.ioctl(QUERY_CAPABILITY, capability);
            return Struct.text(capability, CAPABILITY, "card");
        }
    }

    /**
     * Takes a picture, in the size next to the one asked for.
     *
     * @param atMost how long to wait for each of the first pictures, of which the last is kept
     * @throws LinuxException if the camera refuses or is gone
     * @throws IllegalStateException if it gives no picture in that time, or of no known coding
     */
    public VideoFrame take(int width, int height, Duration atMost) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment format = agreed(arena, width, height);
            try (Streaming streaming = new Streaming(arena)) {
                for (int i = 0; i < SKIPPED; i++) {
                    streaming.next(atMost, format);
                }
                return streaming.next(atMost, format);
            }
        }
    }

    /** Asks for each coding; a driver answers with what it will do instead. */
    private MemorySegment agreed(Arena arena, int width, int height) {
        MemorySegment format = arena.allocate(FORMAT);
        for (VideoFrame.Format coding : VideoFrame.Format.values()) {
            format.fill((byte) 0);
            put(format, FORMAT, "type", CAPTURE);
            put(format, FORMAT, "width", width);
            put(format, FORMAT, "height", height);
            put(format, FORMAT, "pixelformat", coding.code());
            device.ioctl(SET_FORMAT, format);
            if (number(format, FORMAT, "pixelformat") == coding.code()) {
                return format;
            }
        }
        throw new IllegalStateException(
                "%s gives pictures neither as Motion JPEG nor as YUYV".formatted(device.name()));
    }

    private static int number(MemorySegment struct, StructLayout layout, String field) {
        return struct.get(U32, Struct.offset(layout, field));
    }

    private static void put(MemorySegment struct, StructLayout layout, String field, int value) {
        struct.set(U32, Struct.offset(layout, field), value);
    }

    @Override
    public void close() {
        device.close();
    }

    /** The camera filling buffers. */
    private final class Streaming implements AutoCloseable {

        private final MemorySegment buffer;
        private final MemorySegment type;
        private final List<MemorySegment> memory = new ArrayList<>();

        Streaming(Arena arena) {
            this.buffer = arena.allocate(BUFFER);
            this.type = arena.allocate(U32);
            type.set(U32, 0, CAPTURE);
            try {
                int count = request(arena, BUFFERS);
                for (int i = 0; i < count; i++) {
                    map(i);
                }
                device.ioctl(STREAM_ON, type);
            } catch (RuntimeException e) {
                unmap();
                throw e;
            }
        }

        private int request(Arena arena, int count) {
            MemorySegment request = arena.allocate(REQUEST);
            put(request, REQUEST, "count", count);
            put(request, REQUEST, "type", CAPTURE);
            put(request, REQUEST, "memory", MAPPED);
            device.ioctl(REQUEST_BUFFERS, request);
            return number(request, REQUEST, "count");
        }

        private void map(int index) {
            describe(index);
            device.ioctl(QUERY_BUFFER, buffer);
            memory.add(
                    Libc.map(
                            device.number(),
                            number(buffer, BUFFER, "length"),
                            Integer.toUnsignedLong(number(buffer, BUFFER, "offset")),
                            device.name()));
            device.ioctl(QUEUE_BUFFER, buffer);
        }

        private void describe(int index) {
            buffer.fill((byte) 0);
            put(buffer, BUFFER, "index", index);
            put(buffer, BUFFER, "type", CAPTURE);
            put(buffer, BUFFER, "memory", MAPPED);
        }

        VideoFrame next(Duration atMost, MemorySegment format) {
            while (true) {
                if (!device.awaitReadable(atMost)) {
                    throw new IllegalStateException(
                            "%s gave no picture within %d ms"
                                    .formatted(device.name(), atMost.toMillis()));
                }
                describe(0);
                device.ioctl(DEQUEUE_BUFFER, buffer);
                boolean damaged = (number(buffer, BUFFER, "flags") & DAMAGED) != 0;
                byte[] data = damaged ? new byte[0] : data();
                device.ioctl(QUEUE_BUFFER, buffer);
                if (!damaged) {
                    return frame(format, data);
                }
            }
        }

        private byte[] data() {
            MemorySegment filled = memory.get(number(buffer, BUFFER, "index"));
            int used = number(buffer, BUFFER, "bytesused");
            if (used < 0 || used > filled.byteSize()) {
                throw new IllegalStateException(
                        "%s says it wrote %d bytes into %d"
                                .formatted(device.name(), used, filled.byteSize()));
            }
            return filled.asSlice(0, used).toArray(U8);
        }

        private static VideoFrame frame(MemorySegment format, byte[] data) {
            boolean jpeg = number(format, FORMAT, "pixelformat") == VideoFrame.Format.MJPG.code();
            return new VideoFrame(
                    number(format, FORMAT, "width"),
                    number(format, FORMAT, "height"),
                    jpeg ? VideoFrame.Format.MJPG : VideoFrame.Format.YUYV,
                    number(format, FORMAT, "bytesperline"),
                    data);
        }

        private void unmap() {
            memory.forEach(m -> Libc.unmap(m, device.name()));
            memory.clear();
        }

        @Override
        public void close() {
            try {
                device.ioctl(STREAM_OFF, type);
            } finally {
                unmap();
            }
        }
    }
}
