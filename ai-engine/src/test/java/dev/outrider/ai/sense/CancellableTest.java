package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class CancellableTest {
    private final Cancellable work = new Cancellable();

    @Test
    void givesWhatTheWorkGave() {
        assertThat(work.run(() -> "done")).contains("done");
        work.cancel();
        assertThat(Thread.interrupted()).as("nothing runs any more").isFalse();
    }

    @Test
    void doesNothingThatWasGivenUpBefore() {
        work.cancel();

        assertThat(
                        work.run(() -> {
                            throw new AssertionError("it ran");
                        }))
                .isEmpty();
    }

    @Test
    void interruptsTheWorkAndNothingAfterIt() {
        var waited =
                work.run(() -> {
                    work.cancel();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new SenseException.Cancelled();
                    }
                    return "done";
                });

        assertThat(waited).isEmpty();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void givesNothingIfItWasDoneJustThen() {
        var done =
                work.run(() -> {
                    work.cancel();
                    return "done";
                });

        assertThat(done).isEmpty();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void takesAFailureOfWhatWasGivenUpForItsEndAndThrowsAnyOther() {
        var failed =
                work.run(() -> {
                    work.cancel();
                    throw new SenseException("interrupted while reading");
                });

        assertThat(failed).isEmpty();
        assertThatThrownBy(() ->
                        new Cancellable()
                                .run(() -> {
                                    throw new SenseException("damaged");
                                }))
                .hasMessage("damaged");
    }
}
