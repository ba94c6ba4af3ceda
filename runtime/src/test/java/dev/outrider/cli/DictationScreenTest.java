package dev.outrider.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.ai.sense.Dictation.Event;
import dev.outrider.ai.sense.Endpointer.Timing;
import dev.outrider.ai.sense.SenseException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What hear --partial shows. */
class DictationScreenTest {

    private static final Timing TIMING = new Timing(0, 0, 0);
    private static final Event PARTIAL = new Event.Partial(0.5, "turn", "en", TIMING);
    private static final Event FINAL = new Event.Utterance(0.5, 1.5, "Turn left.", "en", TIMING);

    private final StringWriter shown = new StringWriter();

    private String shown(boolean json, boolean inPlace, Event... events) {
        DictationScreen screen = new DictationScreen(new PrintWriter(shown), json, inPlace);
        List.of(events).forEach(screen);
        return shown.toString();
    }

    @Test
    void writesALineAgainInPlaceUntilItIsFinal() {
        assertThat(shown(false, true, PARTIAL, FINAL))
                .isEqualTo("\r\u001b[Kturn\r\u001b[KTurn left.\n");
    }

    @Test
    void writesFinalTextOnlyWhereNothingIsWrittenInPlace() {
        assertThat(shown(false, false, PARTIAL, FINAL, PARTIAL, new Event.Withdrawn()))
                .isEqualTo("Turn left.\n");
    }

    @Test
    void clearsWhatIsWithdrawn() {
        assertThat(shown(false, true, PARTIAL, new Event.Withdrawn()))
                .isEqualTo("\r\u001b[Kturn\r\u001b[K");
    }

    @Test
    void showsTheEndOfWhatIsLongerThanALine() {
        Event longer = new Event.Partial(0, "a".repeat(100) + "b".repeat(78), "en", TIMING);

        assertThat(shown(false, true, longer)).isEqualTo("\r\u001b[K" + "b".repeat(78));
    }

    @Test
    void writesAnObjectAnEvent() {
        assertThat(shown(true, true, PARTIAL, FINAL, new Event.Withdrawn()).lines())
                .containsExactly(
                        "{\"text\":\"turn\",\"final\":false,\"language\":\"en\",\"from\":0.5}",
                        "{\"text\":\"Turn left.\",\"final\":true,\"language\":\"en\",\"from\":0.5,\"to\":1.5}",
                        "{\"text\":\"\",\"final\":true}");
    }

    @Test
    void tellsThatSomethingCouldNotBeWritten() {
        Event failed = new Event.Failed(0.5, 1.5, new SenseException("no ink"));

        assertThatThrownBy(() -> shown(false, false, failed)).hasMessage("no ink");
    }
}
