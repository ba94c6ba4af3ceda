package dev.outrider.ai.llama.foreign;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** What the library can compute on, as its back ends tell. Any thread. */
public final class DeviceCalls {
    private static final MethodHandle COUNT =
            Downcalls.returning(JAVA_LONG, "ggml_backend_dev_count");
    private static final MethodHandle GET =
            Downcalls.returning(ADDRESS, "ggml_backend_dev_get", JAVA_LONG);
    private static final MethodHandle NAME =
            Downcalls.returning(ADDRESS, "ggml_backend_dev_name", ADDRESS);
    private static final MethodHandle DESCRIPTION =
            Downcalls.returning(ADDRESS, "ggml_backend_dev_description", ADDRESS);
    private static final MethodHandle TYPE =
            Downcalls.returning(JAVA_INT, "ggml_backend_dev_type", ADDRESS);
    private static final MethodHandle MEMORY =
            Downcalls.voids("ggml_backend_dev_memory", ADDRESS, ADDRESS, ADDRESS);

    /** ggml's numbers of device types. */
    private static final int GPU = 1;

    private static final int INTEGRATED_GPU = 2;

    /**
     * One device.
     *
     * @param type ggml's number of the kind of device
     */
    public record Device(
            String name, String description, int type, long freeBytes, long totalBytes) {
        public boolean isGpu() {
            return type == GPU || type == INTEGRATED_GPU;
        }

        /** Whether its memory is a part of the machine's. */
        public boolean isIntegrated() {
            return type == INTEGRATED_GPU;
        }
    }

    private DeviceCalls() {}

    public static List<Device> devices() {
        try (var arena = Arena.ofConfined()) {
            var free = arena.allocate(JAVA_LONG);
            var total = arena.allocate(JAVA_LONG);
            var devices = new ArrayList<Device>();
            long count = (long) COUNT.invokeExact();
            for (long i = 0; i < count; i++) {
                var device = (MemorySegment) GET.invokeExact(i);
                MEMORY.invokeExact(device, free, total);
                devices.add(
                        new Device(
                                text((MemorySegment) NAME.invokeExact(device)),
                                text((MemorySegment) DESCRIPTION.invokeExact(device)),
                                (int) TYPE.invokeExact(device),
                                free.get(JAVA_LONG, 0),
                                total.get(JAVA_LONG, 0)));
            }
            return devices;
        } catch (Throwable e) {
            throw Downcalls.unexpected(e);
        }
    }

    private static String text(MemorySegment pointer) {
        return pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
