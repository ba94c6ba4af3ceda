package dev.outrider.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.model.CommandId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationTest {

    @ParameterizedTest
    @ValueSource(strings = {"c-17", "grün 🤖", "b64", "550e8400-e29b-41d4-a716-446655440000"})
    void keepsPrintableTextAsItIs(String text) {
        assertThat(Correlation.text(text.getBytes(UTF_8))).isEqualTo(text);
        assertThat(Correlation.data(new CommandId(text))).isEqualTo(text.getBytes(UTF_8));
    }

    @Test
    void writesOtherBytesInBase64Url() {
        assertThat(Correlation.text(new byte[] {0, (byte) 0xff, (byte) 0xfe}))
                .isEqualTo("b64:AP_-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b64:AP_-", "b64:", "b64:!", "a\u0000b", "a\nb", "\u200fx"})
    void findsTheBytesOfOddTextAgain(String text) {
        byte[] data = text.getBytes(UTF_8);

        assertThat(Correlation.data(new CommandId(Correlation.text(data)))).isEqualTo(data);
    }

    @Test
    void findsAnyBytesAgain() {
        Random random = new Random(17);
        for (int i = 0; i < 10_000; i++) {
            byte[] data = new byte[1 + random.nextInt(32)];
            random.nextBytes(data);

            assertThat(Correlation.data(new CommandId(Correlation.text(data)))).isEqualTo(data);
        }
    }

    @Test
    void takesAPayloadsIdThatOnlyLooksLikeBytesForText() {
        assertThat(Correlation.data(new CommandId("b64:AB==")))
                .isEqualTo("b64:AB==".getBytes(UTF_8));
    }
}
