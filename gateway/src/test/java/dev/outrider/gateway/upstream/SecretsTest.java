package dev.outrider.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.gateway.upstream.Refusal.Secrets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

    @ParameterizedTest
    @CsvSource({
        "Incorrect API key: sk-abc123DEF, Incorrect API key: [secret]",
        "Authorization was Bearer x.y/z, Authorization was [secret]",
        "key hunter2 is wrong, key [secret] is wrong",
        "hash 0123456789abcdef0123456789abcdef, hash [secret]",
        "max_tokens must be below 4096, max_tokens must be below 4096",
    })
    void takesOutWhatIsOrLooksLikeAKey(String text, String masked) {
        assertThat(Secrets.masked(text, Optional.of("hunter2"))).isEqualTo(masked);
    }
}
