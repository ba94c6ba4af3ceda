package dev.outrider.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.catalogue.ModelCatalogue;
import dev.outrider.ai.catalogue.ModelEntry;
import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.sense.Box;
import dev.outrider.ai.sense.ObjectDetector;
import dev.outrider.ai.sense.ObjectDetector.Detection;
import dev.outrider.ai.sense.Picture;
import dev.outrider.codec.PlanJson;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is in a picture. */
@Command(
        name = "see",
        mixinStandardHelpOptions = true,
        description = {
            "Finds things in a picture and says what they are, how sure that is, and where.",
            "The model is fetched once, by package name, and accepted only by its SHA-256."
        },
        footer = {"", "Example: outrider see photo.jpg --out boxes.png"})
final class SeeCommand implements Callable<Integer> {

    private static final Color BOX = new Color(230, 60, 20);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "IMAGE", description = "PNG, JPEG, GIF or BMP.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path image;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "A detector of the catalogue: ssd-mobilenet-v2-coco or efficientdet-lite0"
                            + " (default: ssd-mobilenet-v2-coco).")
    private String model = ObjectDetector.MODEL;

    @Option(
            names = "--out",
            paramLabel = "PNG",
            description = "Write the picture with boxes drawn into it.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--least",
            paramLabel = "SCORE",
            description = "Tell nothing less sure than this, 0 to 1 (default: 0.5).")
    private double least = 0.5;

    @Option(
            names = "--devices",
            paramLabel = "NAMES",
            description = "Where to compute, in order (default: NPU,GPU,CPU).")
    private String devices = "NPU,GPU,CPU";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (least < 0 || least > 1) {
            throw new ParameterException(spec.commandLine(), "--least is between 0 and 1");
        }
        Devices order = order();
        ModelCatalogue catalogue = ModelCatalogue.standard();
        ModelEntry entry = catalogue.named(model);
        if (!entry.role().equals("detection")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--model: %s is for %s, not for detection"
                            .formatted(entry.name(), entry.role()));
        }
        Picture picture = Picture.read(image);
        Path file = catalogue.fetch(entry, new PullProgress(spec.commandLine().getErr()));
        try (ObjectDetector detector = ObjectDetector.open(file, order)) {
            List<Detection> seen = detector.detect(picture, least);
            if (out.isPresent()) {
                draw(picture, seen, out.get());
            }
            print(picture, seen, entry.name(), detector.placement());
        }
        return 0;
    }

    private Devices order() {
        try {
            return Devices.of(devices);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--devices: " + e.getMessage(), e);
        }
    }

    private void print(Picture picture, List<Detection> seen, String detector, String placement) {
        PrintWriter writer = spec.commandLine().getOut();
        if (json) {
            writer.println(json(picture, seen, detector, placement));
            return;
        }
        if (seen.isEmpty()) {
            writer.println("nothing is seen with a score of " + least + " or more");
        }
        for (Detection detection : seen) {
            Box box = detection.box();
            writer.println(
                    String.format(
                            Locale.ROOT,
                            "%-15s %3.0f %%  %-12s  x %d..%d, y %d..%d",
                            detection.label(),
                            100 * detection.score(),
                            box.place(),
                            Math.round(box.left() * picture.width()),
                            Math.round(box.right() * picture.width()),
                            Math.round(box.top() * picture.height()),
                            Math.round(box.bottom() * picture.height())));
        }
    }

    private ObjectNode json(
            Picture picture, List<Detection> seen, String detector, String placement) {
        ObjectNode object =
                PlanJson.MAPPER
                        .createObjectNode()
                        .put("image", image.toString())
                        .put("width", picture.width())
                        .put("height", picture.height())
                        .put("model", detector)
                        .put("device", placement);
        ArrayNode things = object.putArray("seen");
        for (Detection detection : seen) {
            Box box = detection.box();
            things.addObject()
                    .put("label", detection.label())
                    .put("score", detection.score())
                    .put("place", box.place())
                    .putObject("box")
                    .put("left", box.left())
                    .put("top", box.top())
                    .put("right", box.right())
                    .put("bottom", box.bottom());
        }
        return object;
    }

    private static void draw(Picture picture, List<Detection> seen, Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new CommandFailure(file + " is a folder; name the file to write");
        }
        var image = picture.toImage();
        Graphics2D graphics = image.createGraphics();
        int thickness = Math.max(2, picture.width() / 250);
        graphics.setStroke(new BasicStroke(thickness));
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 6 * thickness));
        for (Detection detection : seen) {
            Box box = detection.box();
            int x = (int) (box.left() * picture.width());
            int y = (int) (box.top() * picture.height());
            int width = (int) ((box.right() - box.left()) * picture.width());
            int height = (int) ((box.bottom() - box.top()) * picture.height());
            graphics.setColor(BOX);
            graphics.drawRect(x, y, width, height);
            String text =
                    String.format(
                            Locale.ROOT, "%s %.0f %%", detection.label(), 100 * detection.score());
            int textWidth = graphics.getFontMetrics().stringWidth(text) + 2 * thickness;
            graphics.fillRect(x, y, textWidth, 8 * thickness);
            graphics.setColor(Color.WHITE);
            graphics.drawString(text, x + thickness, y + 6 * thickness);
        }
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
    }
}
