package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every speaker keeps to. */
public abstract class SpeakerContract extends PartContract {

    @Override
    protected abstract Speaker part();

    /** What came out of it. */
    protected abstract List<String> heard();

    @Test
    void saysWhatItIsTold() {
        part().say("hola");

        assertThat(heard()).containsExactly("hola");
    }

    @Test
    void hasNothingToSayForABlankText() {
        assertThatThrownBy(() -> part().say("  ")).isInstanceOf(IllegalArgumentException.class);
        assertThat(heard()).isEmpty();
    }
}
