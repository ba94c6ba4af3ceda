package dev.outrider.ai.sense;

import dev.outrider.ai.openvino.Deployment;
import dev.outrider.ai.openvino.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.intel.openvino.InferRequest;
import org.intel.openvino.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is written in a picture, line by line, by PaddleOCR's two models: one finds the lines,
 * the other reads one. Lines are taken to be level.
 */
public final class TextReader implements AutoCloseable {
    /** Name of the model that finds lines, in the catalogue. */
    public static final String FINDER = "pp-ocrv6-small-det";

    /** Name of the model that reads a line, in the catalogue. */
    public static final String READER = "pp-ocrv6-small-rec";

    private static final int LONGEST_SIDE = 960;
    private static final int STRIDE = 32;
    private static final float TEXT = 0.3f;
    private static final int LEAST_PIXELS = 30;
    private static final double GROW = 0.45;
    private static final int LINE_HEIGHT = 48;
    private static final int WIDTH_STEP = 64;
    private static final int MOST_WIDTH = 3200;

    private final Deployment<Network> finder;
    private final Deployment<Network> reader;
    private final List<String> alphabet;

    private TextReader(
            Deployment<Network> finder, Deployment<Network> reader, List<String> alphabet) {
        this.finder = finder;
        this.reader = reader;
        this.alphabet = alphabet;
    }

    /**
     * A line that was read.
     *
     * @param text what it says
     * @param score how sure the model is, 0..1
     * @param box where it is
     */
    public record Line(String text, double score, Box box) {}

    /**
     * Loads both models; close it to free their memory.
     *
     * @throws SenseException if they cannot be used; the message says why
     */
    public static TextReader open(Path finder, Path reader, Devices devices) {
        var alphabet = alphabet(reader);
        var finding = Network.deploy(finder, devices, Network.EXACT);
        try {
            return new TextReader(
                    finding, Network.deploy(reader, devices, Network.EXACT), alphabet);
        } catch (SenseException e) {
            finding.close();
            throw e;
        }
    }

    /** The letters travel in the model file. */
    private static List<String> alphabet(Path model) {
        try {
            var metadata = new OnnxFile(Files.readAllBytes(model)).metadata();
            var letters = metadata.getOrDefault("character", "");
            if (letters.isEmpty()) {
                throw new SenseException(model + " has no alphabet: it is no reader of PaddleOCR");
            }
            var alphabet = new ArrayList<String>();
            alphabet.add("");
            letters.lines().forEach(alphabet::add);
            alphabet.add(" ");
            return alphabet;
        } catch (IOException e) {
            throw new SenseException("cannot read %s: %s".formatted(model, e), e);
        }
    }

    /** What is written, from the top to the bottom and from the left to the right. */
    public List<Line> read(Picture picture, double least) {
        double scale =
                Math.min(1, (double) LONGEST_SIDE / Math.max(picture.width(), picture.height()));
        int width = multiple(picture.width() * scale);
        int height = multiple(picture.height() * scale);
        var scaled = picture.resized(width, height);
        var map = Network.with(finder, request -> infer(request, scaled, width));
        var lines = new ArrayList<Line>();
        for (Area area : Area.of(map.data(), width, height)) {
            var line = line(picture, area.grown(width, height));
            if (!line.text().isBlank() && line.score() >= least) {
                lines.add(line);
            }
        }
        lines.sort(
                Comparator.<Line>comparingLong(line -> Math.round(line.box().top() * 20))
                        .thenComparingDouble(line -> line.box().left()));
        return lines;
    }

    private static int multiple(double size) {
        return Math.max(STRIDE, (int) Math.round(size / STRIDE) * STRIDE);
    }

    private Line line(Picture picture, Box box) {
        int left = (int) (box.left() * picture.width());
        int top = (int) (box.top() * picture.height());
        int width = Math.max(1, (int) (box.right() * picture.width()) - left);
        int height = Math.max(1, (int) (box.bottom() * picture.height()) - top);
        int scaled = Math.clamp((long) width * LINE_HEIGHT / height, LINE_HEIGHT, MOST_WIDTH);
        var strip = picture.cropped(left, top, width, height).resized(scaled, LINE_HEIGHT);
        // a new width costs the first time, so there are only some
        int padded = Math.ceilDiv(strip.width(), WIDTH_STEP) * WIDTH_STEP;
        return decoded(Network.with(reader, request -> infer(request, strip, padded)), box);
    }

    @SuppressWarnings("ArrayRecordComponent") // not compared
    private record Values(float[] data, int[] shape) {}

    /** Blue, green, red planes of -1..1, filled up on the right with the middle. */
    private static Values infer(InferRequest request, Picture picture, int width) {
        int plane = width * picture.height();
        var data = new float[3 * plane];
        for (int y = 0, from = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                for (int c = 2; c >= 0; c--, from++) {
                    data[c * plane + y * width + x] = (picture.rgb()[from] & 255) / 127.5f - 1;
                }
            }
        }
        var shape = new int[] {1, 3, picture.height(), width};
        try (var input = new Tensor(shape, data)) {
            request.set_input_tensor(0, input);
            Network.infer(request);
        }
        try (var output = request.get_output_tensor(0)) {
            return new Values(output.data(), output.get_shape());
        }
    }

    /** The likeliest letter of each step; repeated ones count once, blanks not at all. */
    private Line decoded(Values values, Box box) {
        int letters = values.shape()[2];
        if (letters > alphabet.size()) {
            throw new SenseException(
                    "the reader knows %d letters and its alphabet has %d"
                            .formatted(letters, alphabet.size()));
        }
        var text = new StringBuilder();
        int last = 0;
        double sum = 0;
        int counted = 0;
        for (int step = 0; step < values.shape()[1]; step++) {
            int best = 0;
            for (int k = 1; k < letters; k++) {
                if (values.data()[step * letters + k] > values.data()[step * letters + best]) {
                    best = k;
                }
            }
            if (best != 0 && best != last) {
                text.append(alphabet.get(best));
                sum += values.data()[step * letters + best];
                counted++;
            }
            last = best;
        }
        return new Line(text.toString().strip(), counted == 0 ? 0 : sum / counted, box);
    }

    /** Neighbouring pixels that are text. */
    private record Area(int left, int top, int right, int bottom) {
        static List<Area> of(float[] map, int width, int height) {
            var seen = new boolean[width * height];
            var areas = new ArrayList<Area>();
            for (int i = 0; i < seen.length; i++) {
                if (map[i] > TEXT && !seen[i]) {
                    var area = flood(map, seen, i, width, height);
                    if (area != null) {
                        areas.add(area);
                    }
                }
            }
            return areas;
        }

        private static @Nullable Area flood(
                float[] map, boolean[] seen, int start, int width, int height) {
            int left = width;
            int top = height;
            int right = 0;
            int bottom = 0;
            int pixels = 0;
            var open = new ArrayDeque<Integer>();
            open.add(start);
            seen[start] = true;
            while (!open.isEmpty()) {
                int at = open.remove();
                int x = at % width;
                int y = at / width;
                pixels++;
                left = Math.min(left, x);
                right = Math.max(right, x);
                top = Math.min(top, y);
                bottom = Math.max(bottom, y);
                int[] neighbours = {
                    x > 0 ? at - 1 : at,
                    x < width - 1 ? at + 1 : at,
                    y > 0 ? at - width : at,
                    y < height - 1 ? at + width : at
                };
                for (int next : neighbours) {
                    if (map[next] > TEXT && !seen[next]) {
                        seen[next] = true;
                        open.add(next);
                    }
                }
            }
            return pixels < LEAST_PIXELS ? null : new Area(left, top, right + 1, bottom + 1);
        }

        /** The finder marks the middle of a line; letters reach further. */
        Box grown(int width, int height) {
            double by = (bottom - top) * GROW + 1;
            return new Box(
                    (left - by) / width,
                    (top - by) / height,
                    (right + by) / width,
                    (bottom + by) / height);
        }
    }

    @Override
    public void close() {
        finder.close();
        reader.close();
    }
}
