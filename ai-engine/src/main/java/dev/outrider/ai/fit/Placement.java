package dev.outrider.ai.fit;

import java.util.List;

/**
 * How a model's layers are split between the processor and a device. A device takes whole layers,
 * each with its share of the cache, beside its own buffers for intermediate results.
 *
 * @param deviceLayers layers that a device computes
 * @param layers of the model
 * @param deviceBytes of weights and cache that lie in a device's own memory, and not in the
 *     machine's
 */
public record Placement(int deviceLayers, int layers, long deviceBytes) {
    /** What a device's driver and library take for themselves, in bytes. */
    public static final long DEVICE_RESERVE = 512L << 20;

    /** Whether both compute some layers. */
    public boolean isSplit() {
        return deviceLayers > 0 && deviceLayers < layers;
    }

    /** The split on the first of some devices; with several, the others are left alone. */
    public static Placement of(ModelShape shape, MemoryNeed need, List<Hardware.Gpu> gpus) {
        int layers = shape.layers().size();
        if (gpus.isEmpty() || layers == 0) {
            return new Placement(0, layers, 0);
        }
        var gpu = gpus.getFirst();
        long room = gpu.freeBytes() - DEVICE_RESERVE - need.compute();
        long layer = Math.max(1, (need.weights() + need.cache()) / layers);
        int fit = Math.clamp(room / layer, 0, layers);
        return new Placement(fit, layers, gpu.sharesMemory() ? 0 : fit * layer);
    }
}
