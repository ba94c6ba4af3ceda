package dev.outrider.ai.llama;

import dev.outrider.ai.chat.ChatTemplate;
import java.util.List;
import java.util.stream.IntStream;

/** Turns conversations into the tokens of a prompt, by the model's own template. */
final class ChatTokenizer {
    /** From Unicode's private use area: put where a control text in a message must not be read. */
    private static final String BREAK = "\ue000";

    private final NativeModel model;
    private final ChatTemplate template;
    private final List<String> controlTexts;
    private final String beginning;

    ChatTokenizer(NativeModel model, String template) {
        this.model = model;
        this.template = new ChatTemplate(template, model.beginningText(), model.endText());
        controlTexts = model.controlTexts();
        beginning = model.beginningText();
    }

    int[] tokenize(ChatRequest request) {
        var text = template.render(request.messages(), request.tools(), this::guard);
        boolean begin = beginning.isEmpty() || !text.startsWith(beginning);
        var parts = List.of(text.split(BREAK, -1));
        return IntStream.range(0, parts.size())
                .mapToObj(i -> model.tokenize(parts.get(i), begin && i == 0, true))
                .flatMapToInt(IntStream::of)
                .toArray();
    }

    /** Tears control texts apart; the prompt is later tokenized piece by piece at the breaks. */
    private String guard(String said) {
        var text = said.replace(BREAK, "");
        for (String control : controlTexts) {
            text = text.replace(control, control.charAt(0) + BREAK + control.substring(1));
        }
        return text;
    }
}
