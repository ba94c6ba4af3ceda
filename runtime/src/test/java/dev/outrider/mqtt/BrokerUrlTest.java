package dev.outrider.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUrlTest {

    @ParameterizedTest
    @CsvSource({
        "mqtt://broker,mqtt://broker:1883",
        "tcp://broker:99,mqtt://broker:99",
        "mqtts://broker,mqtts://broker:8883",
        "ssl://10.0.0.1:99,mqtts://10.0.0.1:99"
    })
    void readsTheUsualForms(String text, String read) {
        assertThat(BrokerUrl.parse(text)).hasToString(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "broker", "http://broker", "mqtt://", "mqtt://bro ker", "mqtt://b:0"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> BrokerUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverRepeatsAPassword() {
        assertThatThrownBy(() -> BrokerUrl.parse("mqtt://robot:secret@broker"))
                .hasMessageContaining("no user name or password")
                .hasMessageNotContaining("secret");
        assertThat(new Credentials("robot", "secret").toString()).doesNotContain("secret");
    }
}
