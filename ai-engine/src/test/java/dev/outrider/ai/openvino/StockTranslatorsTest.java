package dev.outrider.ai.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.translator.TextEmbeddingTranslatorFactory;
import ai.djl.huggingface.translator.TokenClassificationTranslatorFactory;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.translator.SingleShotDetectionTranslatorFactory;
import ai.djl.modality.cv.translator.YoloV8TranslatorFactory;
import ai.djl.modality.nlp.translator.NamedEntity;
import ai.djl.repository.zoo.Criteria;
import ai.djl.translate.TranslatorFactory;
import dev.outrider.ai.testing.Natives;
import dev.outrider.ai.testing.OnnxModel;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DJL's own translators on this engine's arrays. */
final class StockTranslatorsTest {
    private static final List<String> WORDS =
            List.of("[UNK]", "[PAD]", "battery", "low", "open", "the", "door", "is", "Anna");

    @TempDir Path folder;

    @BeforeEach
    void assume() {
        Natives.assumeOpenVino();
    }

    private <I, O> Criteria<I, O> criteria(
            Class<I> in, Class<O> out, TranslatorFactory factory, Map<String, ?> arguments) {
        var criteria =
                Criteria.builder()
                        .setTypes(in, out)
                        .optEngine("OpenVINO")
                        .optModelPath(folder)
                        .optModelName("model")
                        .optTranslatorFactory(factory)
                        .optOption("INFERENCE_PRECISION_HINT", "f32");
        arguments.forEach(criteria::optArgument);
        return criteria.build();
    }

    private static Image picture() {
        return ImageFactory.getInstance()
                .fromImage(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB));
    }

    /** Always the same numbers, whatever the picture. */
    private static OnnxModel constant(OnnxModel model, String name, float[] values, long... dims) {
        return model.weight("values_" + name, values, dims)
                .node("Add", List.of("nothing", "values_" + name), List.of(name));
    }

    private static OnnxModel blind() {
        return new OnnxModel()
                .weight("zero", new float[1], 1)
                .weight("axes", new long[] {2, 3}, 2)
                .weight("first", new long[] {1}, 1)
                .input("images", OnnxModel.FLOAT, 1, 3, 64, 64)
                .node("GlobalMaxPool", List.of("images"), List.of("top"))
                .node("Squeeze", List.of("top", "axes"), List.of("row"))
                .node("ReduceMax", List.of("row"), List.of("one"), OnnxModel.ints("axes", 1))
                .node("Mul", List.of("one", "zero"), List.of("nothing"));
    }

    @Test
    void yolo() throws Exception {
        // 4 candidates in columns: centre x, centre y, width, height, three classes
        float[] columns = {
            0, 32, 0, 0, 0, 16, 0, 0, 0, 20, 0, 0, 0, 10, 0, 0, 0, 0.1f, 0, 0, 0, 0.9f, 0, 0, 0, 0,
            0, 0
        };
        var model = constant(blind(), "output0", columns, 1, 7, 4);
        Files.write(
                folder.resolve("model.onnx"),
                model.output("output0", OnnxModel.FLOAT, 1, 7, 4).toByteArray());
        var arguments =
                Map.of(
                        "width",
                        64,
                        "height",
                        64,
                        "toTensor",
                        true,
                        "maxBox",
                        5,
                        "threshold",
                        0.5,
                        "synset",
                        "red,green,blue");
        try (var zoo =
                        criteria(
                                        Image.class,
                                        DetectedObjects.class,
                                        new YoloV8TranslatorFactory(),
                                        arguments)
                                .loadModel();
                var predictor = zoo.newPredictor()) {
            var found = predictor.predict(picture());

            assertThat(found.getNumberOfObjects()).isEqualTo(1);
            assertThat(found.best().getClassName()).isEqualTo("green");
            assertThat(found.best().getProbability()).isBetween(0.89, 0.91);
        }
    }

    @Test
    void ssd() throws Exception {
        var model = blind();
        constant(model, "classes", new float[] {2, 0}, 1, 2);
        constant(model, "scores", new float[] {0.8f, 0.1f}, 1, 2);
        constant(model, "boxes", new float[] {0.1f, 0.2f, 0.5f, 0.6f, 0, 0, 1, 1}, 1, 2, 4);
        Files.write(
                folder.resolve("model.onnx"),
                model.output("classes", OnnxModel.FLOAT, 1, 2)
                        .output("scores", OnnxModel.FLOAT, 1, 2)
                        .output("boxes", OnnxModel.FLOAT, 1, 2, 4)
                        .toByteArray());
        var arguments =
                Map.of(
                        "width",
                        64,
                        "height",
                        64,
                        "toTensor",
                        true,
                        "threshold",
                        0.5,
                        "synset",
                        "red,green,blue");
        try (var zoo =
                        criteria(
                                        Image.class,
                                        DetectedObjects.class,
                                        new SingleShotDetectionTranslatorFactory(),
                                        arguments)
                                .loadModel();
                var predictor = zoo.newPredictor()) {
            var found = predictor.predict(picture());

            assertThat(found.getNumberOfObjects()).isEqualTo(1);
            assertThat(found.best().getClassName()).isEqualTo("blue");
        }
    }

    private void writeTokenizer() throws Exception {
        var vocabulary = new StringBuilder();
        for (int i = 0; i < WORDS.size(); i++) {
            vocabulary.append(i == 0 ? "" : ",").append("\"%s\":%d".formatted(WORDS.get(i), i));
        }
        Files.writeString(
                folder.resolve("tokenizer.json"),
                """
                {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],
                 "normalizer":null,"pre_tokenizer":{"type":"Whitespace"},"post_processor":null,
                 "decoder":null,
                 "model":{"type":"WordLevel","vocab":{%s},"unk_token":"[UNK]"}}
                """
                        .formatted(vocabulary));
    }

    /** Looks a row up for each word. */
    private static byte[] lookup(String output, float[] table, int width) {
        return new OnnxModel()
                .weight("table", table, WORDS.size(), width)
                .weight("axes", new long[] {2}, 1)
                .input("input_ids", OnnxModel.INT64, "n", "l")
                .input("attention_mask", OnnxModel.INT64, "n", "l")
                .node("Gather", List.of("table", "input_ids"), List.of("rows"))
                .node(
                        "Cast",
                        List.of("attention_mask"),
                        List.of("mask"),
                        OnnxModel.number("to", OnnxModel.FLOAT))
                .node("Unsqueeze", List.of("mask", "axes"), List.of("wide"))
                .node("Mul", List.of("rows", "wide"), List.of(output))
                .output(output, OnnxModel.FLOAT, "n", "l", width)
                .toByteArray();
    }

    @Test
    void textEmbedding() throws Exception {
        writeTokenizer();
        var table = new float[WORDS.size() * 16];
        var random = new Random(1);
        for (int i = 16; i < table.length; i++) {
            table[i] = (float) random.nextGaussian();
        }
        Files.write(folder.resolve("model.onnx"), lookup("last_hidden_state", table, 16));
        var arguments = Map.of("pooling", "mean", "normalize", "true");
        try (var zoo =
                        criteria(
                                        String.class,
                                        float[].class,
                                        new TextEmbeddingTranslatorFactory(),
                                        arguments)
                                .loadModel();
                var predictor = zoo.newPredictor()) {
            var a = predictor.predict("battery is low");
            var b = predictor.predict("the battery is low");
            var c = predictor.predict("open door");

            assertThat(product(a, a)).isBetween(0.999, 1.001);
            assertThat(product(a, b)).isGreaterThan(product(a, c));
            assertThat(predictor.batchPredict(List.of("battery is low", "open door")).getFirst())
                    .isEqualTo(a);
        }
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    @Test
    void tokenClassification() throws Exception {
        writeTokenizer();
        Files.writeString(
                folder.resolve("config.json"), "{\"id2label\":{\"0\":\"O\",\"1\":\"B-PER\"}}");
        var table = new float[WORDS.size() * 2];
        for (int i = 0; i < WORDS.size(); i++) {
            table[2 * i] = 5;
        }
        int anna = WORDS.indexOf("Anna");
        table[2 * anna] = 0;
        table[2 * anna + 1] = 5;
        Files.write(folder.resolve("model.onnx"), lookup("logits", table, 2));
        try (var zoo =
                        criteria(
                                        String.class,
                                        NamedEntity[].class,
                                        new TokenClassificationTranslatorFactory(),
                                        Map.of())
                                .loadModel();
                var predictor = zoo.newPredictor()) {
            var found = predictor.predict("open the door Anna");

            assertThat(Arrays.stream(found).map(NamedEntity::getWord)).containsExactly("Anna");
            assertThat(found[0].getEntity()).isEqualTo("B-PER");
        }
    }
}
