package dev.outrider.ai.sense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrider.ai.sense.Dictation.Event;
import dev.outrider.ai.sense.SpeechToText.Transcript;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Text of an utterance that is still heard; driven by likelihoods and a writer in Java. */
final class PartialTextTest {
    private static final int SECOND = 32;
    private static final int PAUSE = 16;

    private final HeldWriter writer = new HeldWriter();
    private final AtomicLong clock = new AtomicLong();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Dictation dictation = dictation(true);

    private Dictation dictation(boolean partial) {
        var endpointer = new Likelihoods().endpointer();
        return new Dictation(endpointer, writer, partial, clock::get, event -> note(event));
    }

    private void note(Event event) {
        events.add(
                switch (event) {
                    case Event.Partial said -> "partial " + said.text();
                    case Event.Utterance said -> "final " + said.text();
                    case Event.Failed failed -> "failed " + failed.failure().getMessage();
                    case Event.Withdrawn() -> "withdrawn";
                });
    }

    @AfterEach
    void close() {
        dictation.close();
    }

    private void hear(double likelihood, int chunks) {
        Likelihoods.chunks(likelihood, chunks).forEach(dictation::hear);
    }

    /** Chunks the writer was given, once it begins. */
    private int asked() throws InterruptedException {
        return writer.begun.take();
    }

    private void awaits(String event) {
        await().until(() -> events.contains(event) && dictation.idle());
    }

    @Test
    void isWrittenWhileSomebodyStillSpeaksAndTheFinalTextFollows() throws InterruptedException {
        hear(0, 10);
        hear(0.9, SECOND);
        assertThat(asked()).isEqualTo(10 + SECOND);
        writer.says("turn");
        awaits("partial turn");

        hear(0.9, SECOND);
        assertThat(asked()).isEqualTo(10 + 2 * SECOND);
        writer.says("turn left");
        awaits("partial turn left");
        hear(0, PAUSE);
        assertThat(asked()).isEqualTo(10 + 2 * SECOND + PAUSE);
        writer.says("Turn left.");
        dictation.finish();

        assertThat(events).containsExactly("partial turn", "partial turn left", "final Turn left.");
    }

    @Test
    void comesWithTheTimeItsUtteranceBegan() throws InterruptedException {
        var partials = new LinkedBlockingQueue<Event.Partial>();
        try (var timed =
                new Dictation(
                        new Likelihoods().endpointer(),
                        sound -> new Transcript("turn", "en"),
                        true,
                        clock::get,
                        event -> partials.add((Event.Partial) event))) {
            Likelihoods.chunks(0, 50).forEach(timed::hear);
            Likelihoods.chunks(0.9, SECOND).forEach(timed::hear);
            var partial = partials.take();

            assertThat(partial.from()).isEqualTo(50 * 0.032);
            assertThat(partial.timing().began()).isEqualTo(51);
            assertThat(partial.language()).isEqualTo("en");
        }
    }

    @Test
    void isNotWrittenBeforeASecondMoreWasSaidNorWhileTheWriterIsBusyNorInAPause()
            throws InterruptedException {
        hear(0.9, SECOND - 1);
        assertThat(writer.begun).isEmpty();
        hear(0.9, 1);
        asked();
        hear(0.9, 3 * SECOND);
        assertThat(writer.begun).as("one after the other").isEmpty();
        writer.says("one");
        awaits("partial one");

        hear(0, PAUSE - 1);
        assertThat(writer.begun).as("nobody speaks").isEmpty();
        hear(0.9, 1);
        asked();
        writer.says("two");
        awaits("partial two");
    }

    @Test
    void isGivenUpWhenTheUtteranceEnds() throws InterruptedException {
        hear(0.9, SECOND);
        asked();
        hear(0, PAUSE); // the writer still writes what was said so far

        assertThat(asked()).isEqualTo(SECOND + PAUSE);
        assertThat(writer.interrupted).hasValue(1);
        writer.says("Turn left.");
        dictation.finish();

        assertThat(events).containsExactly("final Turn left.");
        assertThat(writer.interrupted).as("the final text was not").hasValue(1);
    }

    @Test
    void ofTwoUtterancesIsNotMixedUp() throws InterruptedException {
        hear(0.9, SECOND);
        asked();
        writer.says("one");
        awaits("partial one");
        hear(0, PAUSE);
        asked();
        writer.says("One.");
        awaits("final One.");
        hear(0.9, SECOND);
        assertThat(asked()).isEqualTo(SECOND);
        writer.says("one");
        awaits("partial one");
        hear(0, PAUSE);
        asked();
        writer.says("One.");
        dictation.finish();

        assertThat(events)
                .containsExactly("partial one", "final One.", "partial one", "final One.");
    }

    @Test
    void isNeverEmptyAndNotSaidTwice() throws InterruptedException {
        for (String text : List.of("", "turn", "turn")) {
            hear(0.9, SECOND);
            asked();
            writer.says(text);
            await().until(dictation::idle);
        }
        hear(0.9, 1);
        hear(0, PAUSE);
        asked();
        writer.says("Turn.");
        dictation.finish();

        assertThat(events).containsExactly("partial turn", "final Turn.");
    }

    @Test
    void isWithdrawnIfItWasNoWordsAfterAll() throws InterruptedException {
        hear(0.9, SECOND);
        asked();
        writer.says("hm");
        awaits("partial hm");
        hear(0, PAUSE);
        asked();
        writer.says("");
        dictation.finish();

        assertThat(events).containsExactly("partial hm", "withdrawn");
    }

    @Test
    void isWithdrawnIfItsUtteranceIsDropped() throws InterruptedException {
        hear(0.9, SECOND);
        asked();
        writer.says("hm");
        awaits("partial hm");
        dictation.skip();
        dictation.skip();
        dictation.finish();

        assertThat(events).containsExactly("partial hm", "withdrawn");
    }

    @Test
    void isNotTriedAgainOnceItTookLongerThanTheSound() throws InterruptedException {
        hear(0.9, SECOND);
        asked();
        clock.addAndGet(1_100_000_000);
        writer.says("slow");
        awaits("partial slow");
        dictation.skip();
        dictation.finish();

        hear(0.9, 3 * SECOND);
        assertThat(writer.begun).isEmpty();
        hear(0, PAUSE);
        assertThat(asked()).isEqualTo(3 * SECOND + PAUSE);
        writer.says("Final.");
        dictation.finish();
        assertThat(events).containsExactly("partial slow", "withdrawn", "final Final.");
    }

    @Test
    void isNotTriedAgainIfItWasTooSlowToBeFinished() throws InterruptedException {
        hear(0.9, SECOND);
        asked();
        clock.addAndGet(1_100_000_000);
        dictation.skip();
        dictation.finish();

        hear(0.9, 3 * SECOND);

        assertThat(writer.begun).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void isGivenUpWhereItFailsAndTheFinalTextIsStillWritten() throws InterruptedException {
        hear(0.9, SECOND);
        asked();
        writer.fails(new IllegalStateException("no ink"));
        await().until(dictation::idle);
        hear(0.9, 3 * SECOND);
        hear(0, PAUSE);
        assertThat(asked()).isEqualTo(4 * SECOND + PAUSE);
        writer.says("Final.");
        dictation.finish();

        assertThat(events).containsExactly("final Final.");
    }

    @Test
    void isFollowedByTheFailureOfTheFinalTextAndTheNextUtteranceIsWritten()
            throws InterruptedException {
        hear(0.9, SECOND);
        asked();
        writer.says("one");
        awaits("partial one");
        hear(0, PAUSE);
        asked();
        writer.fails(new SenseException("no ink"));
        awaits("failed no ink");
        hear(0.9, 10);
        hear(0, PAUSE);
        asked();
        writer.fails(new IllegalStateException("no paper"));
        hear(0.9, 10);
        hear(0, PAUSE);
        asked();
        writer.says("Three.");
        dictation.finish();

        assertThat(events)
                .startsWith("partial one", "failed no ink")
                .element(2)
                .asString()
                .startsWith("failed an utterance could not be written")
                .endsWith("no paper");
        assertThat(events).hasSize(4).endsWith("final Three.");
    }

    @Test
    void isGivenUpWhenTheDictationIsClosed() throws InterruptedException {
        hear(0.9, SECOND);
        asked();

        closingGivesItUp();
    }

    @Test
    void finalTextIsGivenUpWhenTheDictationIsClosed() throws InterruptedException {
        hear(0.9, 10);
        hear(0, PAUSE);
        asked();

        closingGivesItUp();
    }

    private void closingGivesItUp() {
        dictation.close();

        assertThat(writer.interrupted).hasValue(1);
        assertThat(events).isEmpty();
    }

    @Test
    void isNotWrittenUnlessItIsWanted() throws InterruptedException {
        try (var plain = dictation(false)) {
            Likelihoods.chunks(0.9, 3 * SECOND).forEach(plain::hear);
            Likelihoods.chunks(0, PAUSE).forEach(plain::hear);
            assertThat(asked()).isEqualTo(3 * SECOND + PAUSE);
            writer.says("Final.");
            plain.finish();
        }

        assertThat(events).containsExactly("final Final.");
    }

    @Test
    void thatNobodyTakesEndsTheDictation() {
        try (var refused =
                new Dictation(
                        new Likelihoods().endpointer(),
                        sound -> new Transcript("turn", "en"),
                        true,
                        clock::get,
                        event -> {
                            throw new SenseException("no paper");
                        })) {
            Likelihoods.chunks(0.9, SECOND).forEach(refused::hear);

            assertThatThrownBy(refused::finish)
                    .isInstanceOf(SenseException.class)
                    .hasMessage("no paper");
            assertThatThrownBy(() -> refused.hear(Likelihoods.chunk(0.9))).hasMessage("no paper");
        }
    }

    /** Writes what it is told to when it is told to, and gives up when it is interrupted. */
    private static final class HeldWriter implements Function<Sound, Transcript> {
        private final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
        private final BlockingQueue<Function<Sound, Transcript>> answers =
                new LinkedBlockingQueue<>();
        private final AtomicLong interrupted = new AtomicLong();

        @Override
        public Transcript apply(Sound sound) {
            begun.add(sound.samples().length / Dictation.CHUNK);
            try {
                return answers.take().apply(sound);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                interrupted.incrementAndGet();
                throw new SenseException.Cancelled();
            }
        }

        void says(String text) {
            answers.add(sound -> new Transcript(text, "en"));
        }

        void fails(RuntimeException failure) {
            answers.add(sound -> {
                throw failure;
            });
        }
    }
}
