package dev.outrider.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.ai.sense.Dictation.Event;
import dev.outrider.codec.PlanJson;
import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * Shows what is said while it is: a line an utterance, written again in place on a terminal until
 * it is final; elsewhere only then. Or a JSON object an event.
 */
final class DictationScreen implements Consumer<Event> {

    private static final int WIDTH = 78;
    private static final String AGAIN = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean json;
    private final boolean inPlace;

    DictationScreen(PrintWriter out, boolean json, boolean inPlace) {
        this.out = out;
        this.json = json;
        this.inPlace = inPlace;
    }

    @Override
    public void accept(Event event) {
        switch (event) {
            case Event.Partial said ->
                    show(said.text(), object(said.text(), false, said.language(), said.from()));
            case Event.Utterance said ->
                    settle(
                            said.text(),
                            object(said.text(), true, said.language(), said.from())
                                    .put("to", thousandths(said.to())));
            case Event.Failed failed -> throw failed.failure();
            case Event.Withdrawn() ->
                    settle(
                            "",
                            PlanJson.MAPPER.createObjectNode().put("text", "").put("final", true));
        }
        out.flush();
    }

    private void show(String text, ObjectNode object) {
        if (json) {
            out.println(object);
        } else if (inPlace) {
            out.print(AGAIN + text.substring(Math.max(0, text.length() - WIDTH)));
        }
    }

    private void settle(String text, ObjectNode object) {
        if (json) {
            out.println(object);
            return;
        }
        if (inPlace) {
            out.print(AGAIN);
        }
        if (!text.isEmpty()) {
            out.println(text);
        }
    }

    private static ObjectNode object(String text, boolean last, String language, double from) {
        return PlanJson.MAPPER
                .createObjectNode()
                .put("text", text)
                .put("final", last)
                .put("language", language)
                .put("from", thousandths(from));
    }

    private static double thousandths(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
