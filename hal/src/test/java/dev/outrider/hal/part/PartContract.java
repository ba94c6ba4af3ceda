package dev.outrider.hal.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** What every part keeps to. */
public abstract class PartContract {

    /** A fresh part. */
    protected abstract Part part();

    @Test
    void hasAName() {
        assertThat(part().name()).isNotBlank();
    }

    @Test
    void declaresWhatItCanDoAndItsSafeState() {
        PartSheet sheet = part().sheet();

        assertThat(sheet.kind()).isNotBlank();
        assertThat(sheet.safeState()).isNotBlank();
        assertThat(sheet.quantities())
                .isNotEmpty()
                .allSatisfy(quantity -> assertThat(quantity.unit()).isNotBlank());
    }

    @Test
    void restsAnyNumberOfTimes() {
        Part part = part();

        assertThatCode(
                        () -> {
                            part.rest();
                            part.rest();
                        })
                .doesNotThrowAnyException();
    }
}
