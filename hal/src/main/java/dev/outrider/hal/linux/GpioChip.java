package dev.outrider.hal.linux;

import static dev.outrider.hal.linux.Struct.U32;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A GPIO chip's character device. Closing it leaves lines asked of it as they are. */
public final class GpioChip implements AutoCloseable {

    private static final int EVENT_BUFFER = 1024;
    private static final int TYPE = 0xB4;
    private static final Ioctl CHIP_INFO = Ioctl.read(TYPE, 1, GpioChipInfo.LAYOUT);
    private static final Ioctl LINE_INFO = Ioctl.readWrite(TYPE, 5, GpioLineInfo.LAYOUT);
    private static final Ioctl LINE_REQUEST = Ioctl.readWrite(TYPE, 7, GpioLineRequest.LAYOUT);

    private final Descriptor device;
    private final GpioChipInfo info;

    private GpioChip(Descriptor device) {
        this.device = device;
        this.info = info(device);
    }

    /** Opens a chip by its device file. */
    public static GpioChip open(Path path) {
        Descriptor device = Descriptor.open(path, Descriptor.READ_WRITE);
        try {
            return new GpioChip(device);
        } catch (RuntimeException e) {
            device.close();
            throw e;
        }
    }

    /**
     * Opens the chip with that label, such as {@code pinctrl-rp1} or {@code tegra234-gpio}.
     *
     * @throws IllegalArgumentException naming the labels there are, if none fits
     */
    public static GpioChip labelled(String label) {
        return find(label)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no GPIO chip is labelled %s, only %s".formatted(label, labels())));
    }

    /** Opens the chip with that label; empty if there is none. */
    public static Optional<GpioChip> find(String label) {
        for (Path path : devices()) {
            GpioChip chip = open(path);
            if (chip.label().equals(label)) {
                return Optional.of(chip);
            }
            chip.close();
        }
        return Optional.empty();
    }

    private static List<String> labels() {
        return devices().stream().map(GpioChip::labelOf).toList();
    }

    private static String labelOf(Path path) {
        try (GpioChip chip = open(path)) {
            return chip.label();
        }
    }

    private static List<Path> devices() {
        return SysfsFile.entries(Path.of("/dev"), "gpiochip*");
    }

    private static GpioChipInfo info(Descriptor device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(GpioChipInfo.LAYOUT);
            device.ioctl(CHIP_INFO, segment);
            return GpioChipInfo.decode(segment);
        }
    }

    /** The kernel's name for it, such as {@code gpiochip0}; not the same at every start. */
    public String name() {
        return info.name();
    }

    public String label() {
        return info.label();
    }

    /** How many lines it has. */
    public int lines() {
        return info.lines();
    }

    /** What the kernel knows about a line. */
    public GpioLineInfo line(int offset) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(GpioLineInfo.LAYOUT);
            segment.set(U32, Struct.offset(GpioLineInfo.LAYOUT, "offset"), offset);
            device.ioctl(LINE_INFO, segment);
            return GpioLineInfo.decode(segment);
        }
    }

    /** The number of the line with that name; empty if there is none. */
    public OptionalInt offset(String name) {
        return IntStream.range(0, lines()).filter(at -> line(at).name().equals(name)).findFirst();
    }

    /**
     * Takes a line as an output that has its first value from the start, without a glitch.
     *
     * @param consumer who holds it, shown to whoever asks the kernel
     * @throws LinuxException with EBUSY if somebody holds it
     */
    public GpioOutput output(int offset, String consumer, boolean initial) {
        var value =
                new GpioLineRequest.Attribute(
                        GpioLineRequest.Attribute.OUTPUT_VALUES, initial ? 1 : 0);
        var request =
                new GpioLineRequest(offset, consumer, GpioLineRequest.OUTPUT, List.of(value), 0);
        return new GpioOutput(request(request));
    }

    /**
     * Takes a line as an input.
     *
     * @param debounce how long a level must last to count, by the kernel; zero for not at all
     * @throws LinuxException with EBUSY if somebody holds it
     */
    public GpioInput input(
            int offset, String consumer, GpioBias bias, GpioEdges edges, Duration debounce) {
        return input(offset, consumer, bias, edges, debounce, EVENT_BUFFER);
    }

    /** The same, with so many events kept by the kernel until they are read. */
    GpioInput input(
            int offset,
            String consumer,
            GpioBias bias,
            GpioEdges edges,
            Duration debounce,
            int eventBuffer) {
        List<GpioLineRequest.Attribute> attributes =
                debounce.isZero()
                        ? List.of()
                        : List.of(
                                new GpioLineRequest.Attribute(
                                        GpioLineRequest.Attribute.DEBOUNCE_MICROSECONDS,
                                        debounce.toNanos() / 1000));
        long flags = GpioLineRequest.INPUT | bias.flag() | edges.flags();
        var request = new GpioLineRequest(offset, consumer, flags, attributes, eventBuffer);
        return new GpioInput(request(request));
    }

    private Descriptor request(GpioLineRequest request) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(GpioLineRequest.LAYOUT);
            request.encode(segment);
            device.ioctl(LINE_REQUEST, segment);
            return new Descriptor(
                    GpioLineRequest.fd(segment), "%s line %d".formatted(label(), request.offset()));
        }
    }

    @Override
    public void close() {
        device.close();
    }
}
