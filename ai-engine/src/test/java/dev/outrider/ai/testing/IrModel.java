package dev.outrider.ai.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small model in OpenVINO's own form: y = x weights, for a picture of 3 planes. */
public final class IrModel {
    /** Height and width of the pictures. */
    public static final int SIDE = 32;

    private static final int CLASSES = 10;
    private static final int PIXELS = 3 * SIDE * SIDE;

    private IrModel() {}

    /** The graph; its weights are 3·32·32 rows of 10. */
    public static byte[] xml() {
        return """
        <?xml version="1.0"?>
        <net name="tiny" version="11">
          <layers>
            <layer id="0" name="data" type="Parameter" version="opset1">
              <data shape="1,3,%1$d,%1$d" element_type="f32"/>
              <output><port id="0" precision="FP32" names="data">%2$s</port></output>
            </layer>
            <layer id="1" name="flat" type="Const" version="opset1">
              <data element_type="i64" shape="2" offset="0" size="16"/>
              <output><port id="0" precision="I64"><dim>2</dim></port></output>
            </layer>
            <layer id="2" name="row" type="Reshape" version="opset1">
              <data special_zero="true"/>
              <input>
                <port id="0" precision="FP32">%2$s</port>
                <port id="1" precision="I64"><dim>2</dim></port>
              </input>
              <output><port id="2" precision="FP32"><dim>1</dim><dim>%3$d</dim></port></output>
            </layer>
            <layer id="3" name="weights" type="Const" version="opset1">
              <data element_type="f32" shape="%3$d,%4$d" offset="64" size="%5$d"/>
              <output><port id="0" precision="FP32"><dim>%3$d</dim><dim>%4$d</dim></port></output>
            </layer>
            <layer id="4" name="fc" type="MatMul" version="opset1">
              <data transpose_a="false" transpose_b="false"/>
              <input>
                <port id="0" precision="FP32"><dim>1</dim><dim>%3$d</dim></port>
                <port id="1" precision="FP32"><dim>%3$d</dim><dim>%4$d</dim></port>
              </input>
              <output><port id="2" precision="FP32" names="fc_out"><dim>1</dim><dim>%4$d</dim></port></output>
            </layer>
            <layer id="5" name="fc_out/sink" type="Result" version="opset1">
              <input><port id="0" precision="FP32"><dim>1</dim><dim>%4$d</dim></port></input>
            </layer>
          </layers>
          <edges>
            <edge from-layer="0" from-port="0" to-layer="2" to-port="0"/>
            <edge from-layer="1" from-port="0" to-layer="2" to-port="1"/>
            <edge from-layer="2" from-port="2" to-layer="4" to-port="0"/>
            <edge from-layer="3" from-port="0" to-layer="4" to-port="1"/>
            <edge from-layer="4" from-port="2" to-layer="5" to-port="0"/>
          </edges>
          <rt_info/>
        </net>
        """
                .formatted(
                        SIDE,
                        "<dim>1</dim><dim>3</dim><dim>%1$d</dim><dim>%1$d</dim>".formatted(SIDE),
                        PIXELS,
                        CLASSES,
                        PIXELS * CLASSES * 4)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Class k's weights are k everywhere: its answer is k times the sum of the picture. */
    public static byte[] weights() {
        var bytes = ByteBuffer.allocate(64 + PIXELS * CLASSES * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(0).putLong(-1).position(64);
        for (int i = 0; i < PIXELS * CLASSES; i++) {
            bytes.putFloat(i % CLASSES);
        }
        return bytes.array();
    }

    /** Writes both files and gives the one with the graph. */
    public static Path write(Path folder) throws IOException {
        Files.write(folder.resolve("tiny.bin"), weights());
        return Files.write(folder.resolve("tiny.xml"), xml());
    }
}
