package org.intel.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.ai.testing.IrModel;
import dev.outrider.ai.testing.Natives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand times load, infer, close. */
@Tag("soak")
final class LeakTest {
    private static final int WARM = 200;
    private static final int CYCLES = 1000;
    private static final long ALLOWED_KIB = 8 << 10;

    @Test
    void aThousandCyclesLeaveMemoryAsItWas() throws IOException {
        Natives.assumeOpenVino();
        var core = new Core();
        for (int i = 0; i < WARM; i++) {
            cycle(core);
        }
        long before = residentKib();
        for (int i = 0; i < CYCLES; i++) {
            cycle(core);
        }
        long after = residentKib();

        System.out.printf(
                "resident %d KiB before, %d KiB after %d cycles%n", before, after, CYCLES);
        assertThat(after - before).isLessThan(ALLOWED_KIB);
    }

    private static void cycle(Core core) {
        int side = IrModel.SIDE;
        try (var model = core.read_model(IrModel.xml(), IrModel.weights());
                var compiled =
                        core.compile_model(model, "CPU", Map.of("INFERENCE_NUM_THREADS", "1"));
                var request = compiled.create_infer_request();
                var input = new Tensor(ElementType.f32, 1, 3, side, side)) {
            request.set_input_tensor(input);
            request.infer();
            assertThat(request.get_output_tensor().data()).containsOnly(0);
        }
    }

    private static long residentKib() throws IOException {
        System.gc();
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
