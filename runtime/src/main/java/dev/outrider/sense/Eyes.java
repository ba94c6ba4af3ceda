package dev.outrider.sense;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.sense.Box;
import dev.outrider.ai.sense.ObjectDetector;
import dev.outrider.ai.sense.Picture;
import dev.outrider.ai.sense.TextReader;
import dev.outrider.kernel.Cancellation;
import dev.outrider.model.Finding;
import dev.outrider.model.Observation;
import java.util.Optional;

/** A camera, and the models that know what it shows. */
public final class Eyes implements AutoCloseable {

    private static final double LEAST_SURE_THING = 0.5;
    private static final double LEAST_SURE_LINE = 0.6;

    private final Camera camera;
    private final Lazy<ObjectDetector> detector;
    private final Lazy<TextReader> reader;

    Eyes(Camera camera, Models models) {
        this.camera = camera;
        this.detector =
                new Lazy<>(
                        () -> ObjectDetector.open(models.file(ObjectDetector.MODEL), Devices.ANY),
                        ObjectDetector::close);
        this.reader =
                new Lazy<>(
                        () ->
                                TextReader.open(
                                        models.file(TextReader.FINDER),
                                        models.file(TextReader.READER),
                                        Devices.ANY),
                        TextReader::close);
    }

    /**
     * The things that are in view.
     *
     * @return empty if it was cancelled
     * @throws dev.outrider.ai.sense.SenseException if there is no picture, or no model to see it
     */
    public Optional<Observation.Seen> look(Cancellation cancellation) {
        ObjectDetector seeing = detector.value();
        Picture picture = camera.take();
        return Interruption.of(cancellation)
                .run(() -> seeing.detect(picture, LEAST_SURE_THING))
                .map(all ->
                        new Observation.Seen(
                                all.stream()
                                        .map(d -> finding(d.label(), d.score(), d.box()))
                                        .toList()));
    }

    /**
     * What is written in view.
     *
     * @return empty if it was cancelled
     * @throws dev.outrider.ai.sense.SenseException if there is no picture, or no model to read it
     */
    public Optional<Observation.Read> read(Cancellation cancellation) {
        TextReader reading = reader.value();
        Picture picture = camera.take();
        return Interruption.of(cancellation)
                .run(() -> reading.read(picture, LEAST_SURE_LINE))
                .map(all ->
                        new Observation.Read(
                                all.stream()
                                        .map(l -> finding(l.text(), l.score(), l.box()))
                                        .toList()));
    }

    /** Opens the models, so that the first look need not wait for them. */
    void prepare() {
        detector.value();
        reader.value();
    }

    String describe() {
        return camera.describe();
    }

    private static Finding finding(String label, double score, Box box) {
        return new Finding(
                label,
                thousandths(Math.clamp(score, 0, 1)),
                box.place(),
                thousandths(box.left()),
                thousandths(box.top()),
                thousandths(box.right()),
                thousandths(box.bottom()));
    }

    private static double thousandths(double value) {
        return Math.rint(value * 1000) / 1000;
    }

    @Override
    public void close() {
        detector.close();
        reader.close();
    }
}
