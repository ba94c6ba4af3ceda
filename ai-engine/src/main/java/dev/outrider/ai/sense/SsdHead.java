package dev.outrider.ai.sense;

import dev.outrider.ai.sense.ObjectDetector.Detection;
import dev.outrider.ai.sense.TfLiteFile.PostProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes detections of what a network of SSD's kind says at each of its anchors: how far the box is
 * from the anchor, and a score for each kind. It does what TensorFlow Lite's own operator does: the
 * best kind of each anchor, then without boxes that share too much with a surer one.
 */
final class SsdHead {
    private static final int MOST_CANDIDATES = 500;
    private static final int MOST_DETECTIONS = 100;

    private final PostProcess told;
    private final Map<Integer, String> labels;

    /**
     * @param labels by COCO's numbers, which are one more than the network's
     */
    SsdHead(PostProcess told, Map<Integer, String> labels) {
        this.told = told;
        this.labels = labels;
    }

    private record Candidate(int kind, double score, Box box) {}

    /**
     * The surest first.
     *
     * @param boxes rows of four: y, x, height, width
     * @param scores rows of one for each kind, perhaps after one for the background
     */
    List<Detection> detections(float[] boxes, float[] scores, double least) {
        int n = told.anchors().length / 4;
        int columns = scores.length / n;
        if (boxes.length != 4 * n || scores.length != n * columns || columns < told.classes()) {
            throw new SenseException(
                    "a detector of %d anchors and %d kinds gave %d numbers for boxes and %d scores"
                            .formatted(n, told.classes(), boxes.length, scores.length));
        }
        var candidates = new ArrayList<Candidate>();
        int background = columns - told.classes();
        for (int i = 0; i < n; i++) {
            int best = background;
            for (int k = background + 1; k < columns; k++) {
                best = scores[i * columns + k] > scores[i * columns + best] ? k : best;
            }
            double score = scores[i * columns + best];
            if (score >= least) {
                candidates.add(new Candidate(best - background, score, box(boxes, i)));
            }
        }
        return detections(candidates);
    }

    private Box box(float[] boxes, int i) {
        var anchors = told.anchors();
        var scales = told.scales();
        double y = boxes[4 * i] / scales[0] * anchors[4 * i + 2] + anchors[4 * i];
        double x = boxes[4 * i + 1] / scales[1] * anchors[4 * i + 3] + anchors[4 * i + 1];
        double height = Math.exp(boxes[4 * i + 2] / scales[2]) * anchors[4 * i + 2];
        double width = Math.exp(boxes[4 * i + 3] / scales[3]) * anchors[4 * i + 3];
        return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
    }

    private List<Detection> detections(List<Candidate> candidates) {
        candidates.sort(Comparator.comparingDouble(Candidate::score).reversed());
        var kept = new ArrayList<Candidate>();
        for (Candidate candidate :
                candidates.subList(0, Math.min(MOST_CANDIDATES, candidates.size()))) {
            if (kept.size() < MOST_DETECTIONS
                    && kept.stream().allMatch(other -> apart(candidate, other))) {
                kept.add(candidate);
            }
        }
        return kept.stream().flatMap(candidate -> detection(candidate).stream()).toList();
    }

    private boolean apart(Candidate a, Candidate b) {
        return a.kind() != b.kind() || shared(a.box(), b.box()) <= told.overlap();
    }

    /** The part of both boxes together that lies in both. */
    private static double shared(Box a, Box b) {
        double width = Math.min(a.right(), b.right()) - Math.max(a.left(), b.left());
        double height = Math.min(a.bottom(), b.bottom()) - Math.max(a.top(), b.top());
        double both = Math.max(0, width) * Math.max(0, height);
        return both == 0 ? 0 : both / (area(a) + area(b) - both);
    }

    private static double area(Box box) {
        return (box.right() - box.left()) * (box.bottom() - box.top());
    }

    private Optional<Detection> detection(Candidate candidate) {
        return Optional.ofNullable(labels.get(candidate.kind() + 1))
                .map(label -> new Detection(label, candidate.score(), candidate.box()));
    }
}
