package dev.outrider.ai.openvino;

/**
 * Where a model works at present.
 *
 * @param model its name, for people
 * @param device the device it was asked for last, such as {@code CPU}
 * @param reason why there and not on those before it in its order
 * @param moves how often it changed its device
 * @param requests how many inferences it was asked for
 */
public record Placement(String model, String device, String reason, long moves, long requests) {}
