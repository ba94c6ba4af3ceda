package dev.outrider.ai.sense;

import dev.outrider.ai.openvino.Devices;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.intel.openvino.ElementType;
import org.intel.openvino.InferRequest;
import org.intel.openvino.OpenVinoException;
import org.intel.openvino.Tensor;

/**
 * Finds things of COCO's 80 kinds in a picture, by a graph of TensorFlow's detection API: the
 * picture's own size as bytes in; boxes, classes and scores out, already without duplicates.
 */
public final class ObjectDetector implements AutoCloseable {
    /** Name of its model in the catalogue. */
    public static final String MODEL = "ssd-mobilenet-v2-coco";

    private static final String BOXES = "detection_boxes:0";
    private static final String CLASSES = "detection_classes:0";
    private static final String SCORES = "detection_scores:0";
    private static final List<String> OUTPUTS = List.of(BOXES, CLASSES, SCORES);

    private static final Map<Integer, String> LABELS = labels();

    private final Network network;

    private ObjectDetector(Network network) {
        this.network = network;
    }

    /**
     * Something seen.
     *
     * @param label what it is, one of COCO's kinds
     * @param score how sure the model is, 0..1
     * @param box where it is
     */
    public record Detection(String label, double score, Box box) {}

    /**
     * Loads a model; close it to free its memory.
     *
     * @throws SenseException if it cannot be used; the message says why
     */
    public static ObjectDetector open(Path model, Devices devices) {
        var network = Network.open(model, devices, Map.of());
        try {
            network.with(request -> {
                OUTPUTS.forEach(output -> request.get_tensor(output).close());
                return true;
            });
        } catch (OpenVinoException e) {
            network.close();
            throw new SenseException(
                    "%s is no detector of TensorFlow's detection API: it lacks one of the outputs %s"
                            .formatted(model, OUTPUTS),
                    e);
        }
        return new ObjectDetector(network);
    }

    /** The device it runs on, and why. */
    public String placement() {
        return network.explanation();
    }

    /**
     * What is in a picture, the surest first.
     *
     * @param least score below which nothing is told, 0..1
     */
    public List<Detection> detect(Picture picture, double least) {
        return network.with(request -> detect(request, picture, least));
    }

    private static List<Detection> detect(InferRequest request, Picture picture, double least) {
        var shape = new int[] {1, picture.height(), picture.width(), 3};
        try (var input = new Tensor(ElementType.u8, shape, picture.rgb())) {
            request.set_input_tensor(input);
            request.infer();
        }
        var boxes = floats(request, BOXES);
        var classes = floats(request, CLASSES);
        var scores = floats(request, SCORES);
        var found = new ArrayList<Detection>();
        for (int i = 0; i < scores.length; i++) {
            var label = LABELS.get((int) classes[i]);
            if (scores[i] >= least && label != null) {
                var box =
                        new Box(boxes[4 * i + 1], boxes[4 * i], boxes[4 * i + 3], boxes[4 * i + 2]);
                found.add(new Detection(label, scores[i], box));
            }
        }
        return found;
    }

    private static float[] floats(InferRequest request, String output) {
        try (var tensor = request.get_tensor(output)) {
            return tensor.data();
        }
    }

    private static Map<Integer, String> labels() {
        try (var stream =
                        Objects.requireNonNull(
                                ObjectDetector.class.getResourceAsStream("coco.txt"));
                var lines =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> line.split(" ", 2))
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    pair -> Integer.valueOf(pair[0]), pair -> pair[1]));
        } catch (IOException e) {
            throw new UncheckedIOException("coco.txt of this build is damaged", e);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
