package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.outrider.ai.sense.ObjectDetector.Detection;
import dev.outrider.ai.sense.TfLiteFile.PostProcess;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SsdHeadTest {
    private static final float[] ANCHORS = {
        0.5f, 0.5f, 0.2f, 0.4f, 0.5f, 0.5f, 0.2f, 0.4f, 0.1f, 0.1f, 0.1f, 0.1f
    };
    private final SsdHead head =
            new SsdHead(
                    new PostProcess(ANCHORS, 2, 0.5, new double[] {10, 10, 5, 5}),
                    Map.of(1, "cat", 2, "cup"));

    @Test
    void movesAndStretchesAnchors() {
        var boxes = new float[12];
        boxes[0] = 5; // half of the anchor's height down
        boxes[1] = -2.5f; // a quarter of its width to the left
        boxes[3] = (float) (5 * Math.log(0.5)); // half as wide
        var scores = new float[] {0.9f, 0, 0, 0, 0, 0};

        var found = head.detections(boxes, scores, 0.5);

        assertThat(found).hasSize(1);
        var box = found.getFirst().box();
        assertThat(box.top()).isCloseTo(0.5, offset(1e-6));
        assertThat(box.bottom()).isCloseTo(0.7, offset(1e-6));
        assertThat(box.left()).isCloseTo(0.3, offset(1e-6));
        assertThat(box.right()).isCloseTo(0.5, offset(1e-6));
    }

    @Test
    void tellsOfOneThingOnceAndOfTwoTwice() {
        var oneKind = new float[] {0.6f, 0, 0.9f, 0, 0.7f, 0};
        var twoKinds = new float[] {0, 0.8f, 0.9f, 0, 0.1f, 0.2f};

        assertThat(head.detections(new float[12], oneKind, 0.5))
                .extracting(Detection::score)
                .containsExactly((double) 0.9f, (double) 0.7f);
        assertThat(head.detections(new float[12], twoKinds, 0.5))
                .extracting(Detection::label)
                .containsExactly("cat", "cup");
    }

    @Test
    void passesTheBackgroundOver() {
        var scores = new float[] {0.99f, 0.1f, 0.2f, 0.99f, 0.6f, 0.2f, 0.99f, 0, 0};

        assertThat(head.detections(new float[12], scores, 0.5))
                .extracting(Detection::label)
                .containsExactly("cat");
    }

    @Test
    void refusesNumbersThatDoNotFit() {
        assertThatThrownBy(() -> head.detections(new float[8], new float[6], 0.5))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("3 anchors");
        assertThatThrownBy(() -> head.detections(new float[12], new float[3], 0.5))
                .isInstanceOf(SenseException.class);
        assertThatThrownBy(() -> new PostProcess(ANCHORS, 2, 0.5, new double[] {10, 0, 5, 5}))
                .isInstanceOf(SenseException.class)
                .hasMessageContaining("divides its boxes by 0");
    }
}
