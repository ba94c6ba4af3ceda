package dev.outrider.reason;

import dev.outrider.kernel.Reasoner.Question;
import dev.outrider.model.Action;
import java.util.function.Consumer;

/** {@link Prompt}, {@link PlanGrammar} and {@link PlanReader} together. */
final class ExamplesForm implements PlanForm {

    @Override
    public String prompt(Question question) {
        return Prompt.completion(question);
    }

    @Override
    public String grammar(Question question) {
        return PlanGrammar.of(
                question.capabilities(),
                !question.already().isEmpty(),
                Prompt.conditions(question));
    }

    @Override
    public Reader reader(Question question, Consumer<Action> decided) {
        PlanReader reader = new PlanReader(decided);
        if (!question.already().isEmpty()) {
            reader.feed("[");
        }
        return reader;
    }
}
