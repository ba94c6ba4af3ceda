package dev.outrider.hal.pi4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.IOType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinuxPluginTest {

    @ParameterizedTest
    @EnumSource(names = {"DIGITAL_INPUT", "DIGITAL_OUTPUT", "PWM", "I2C", "SPI"})
    void pi4jFindsAProviderByItself(IOType type) {
        Context context = Pi4J.newContextBuilder().autoDetectProviders().build();
        try {
            List<String> found =
                    context.providers().all(type).values().stream()
                            .map(provider -> provider.getClass().getPackageName())
                            .toList();

            assertThat(found).containsExactly(LinuxPlugin.class.getPackageName());
        } finally {
            context.shutdown();
        }
    }
}
