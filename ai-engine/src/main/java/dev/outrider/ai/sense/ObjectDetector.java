package dev.outrider.ai.sense;

import dev.outrider.ai.openvino.Deployment;
import dev.outrider.ai.openvino.Devices;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.intel.openvino.ElementType;
import org.intel.openvino.InferRequest;
import org.intel.openvino.Tensor;

/**
 * Finds things of COCO's 80 kinds in a picture. Two forms of model are known: a graph of
 * TensorFlow's detection API, which takes the picture in its own size and gives boxes without
 * duplicates, and a TensorFlow Lite detector of SSD's kind, such as EfficientDet-Lite, whose last
 * operator is cut off once, since OpenVINO does not know it, and done here.
 */
public final class ObjectDetector implements AutoCloseable {
    /** Name of its model in the catalogue. */
    public static final String MODEL = "ssd-mobilenet-v2-coco";

    /** Name of a smaller one in the catalogue. */
    public static final String SMALL_MODEL = "efficientdet-lite0";

    private static final String BOXES = "detection_boxes:0";
    private static final String CLASSES = "detection_classes:0";
    private static final String SCORES = "detection_scores:0";
    private static final List<String> OUTPUTS = List.of(BOXES, CLASSES, SCORES);

    private static final Map<Integer, String> LABELS = labels();

    private final Deployment<Network> network;
    private final Head head;

    private ObjectDetector(Deployment<Network> network, Head head) {
        this.network = network;
        this.head = head;
    }

    /**
     * Something seen.
     *
     * @param label what it is, one of COCO's kinds
     * @param score how sure the model is, 0..1
     * @param box where it is
     */
    public record Detection(String label, double score, Box box) {}

    /** How one form of model is asked. */
    private interface Head {
        List<Detection> detect(InferRequest request, Picture picture, double least);
    }

    /**
     * Loads a model; close it to free its memory.
     *
     * @throws SenseException if it cannot be used; the message says why
     */
    public static ObjectDetector open(Path model, Devices devices) {
        return model.toString().endsWith(".tflite") ? lite(model, devices) : graph(model, devices);
    }

    private static ObjectDetector graph(Path model, Devices devices) {
        var network = Network.deploy(model, devices, Map.of());
        try {
            Network.with(
                    network,
                    request -> {
                        OUTPUTS.forEach(output -> request.get_tensor(output).close());
                        return true;
                    });
        } catch (SenseException e) {
            network.close();
            throw new SenseException(
                    "%s is no detector of TensorFlow's detection API: it lacks one of the outputs %s"
                            .formatted(model, OUTPUTS),
                    e);
        }
        return new ObjectDetector(network, ObjectDetector::detectByGraph);
    }

    private static ObjectDetector lite(Path model, Devices devices) {
        var head = new SsdHead(read(model).postProcess(), LABELS);
        var cut = Imported.of(model, ".cut.tflite", bytes -> new TfLiteFile(bytes).cut());
        var network = Network.deploy(cut, devices, Map.of());
        return new ObjectDetector(
                network, (request, picture, least) -> detectBy(head, request, picture, least));
    }

    private static TfLiteFile read(Path model) {
        try {
            return new TfLiteFile(Files.readAllBytes(model));
        } catch (IOException e) {
            throw new SenseException("cannot read %s: %s".formatted(model, e), e);
        } catch (SenseException e) {
            throw new SenseException("%s: %s".formatted(model, e.getMessage()), e);
        }
    }

    /** The device it runs on, and why. */
    public String placement() {
        return network.placement().reason();
    }

    /**
     * What is in a picture, the surest first.
     *
     * @param least score below which nothing is told, 0..1
     */
    public List<Detection> detect(Picture picture, double least) {
        return Network.with(network, request -> head.detect(request, picture, least));
    }

    private static List<Detection> detectByGraph(
            InferRequest request, Picture picture, double least) {
        infer(request, picture);
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

    private static List<Detection> detectBy(
            SsdHead head, InferRequest request, Picture picture, double least) {
        int[] shape;
        try (var input = request.get_input_tensor(0)) {
            shape = input.get_shape();
        }
        if (shape.length != 4) {
            throw new SenseException("this detector takes no picture");
        }
        infer(request, picture.resized(shape[2], shape[1]));
        try (var boxes = request.get_output_tensor(0);
                var scores = request.get_output_tensor(1)) {
            return head.detections(boxes.data(), scores.data(), least);
        }
    }

    private static void infer(InferRequest request, Picture picture) {
        var shape = new int[] {1, picture.height(), picture.width(), 3};
        try (var input = new Tensor(ElementType.u8, shape, picture.rgb())) {
            request.set_input_tensor(input);
            Network.infer(request);
        }
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
