package dev.outrider.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.cli.InstructionSet.Item;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.model.Action;
import dev.outrider.model.Condition;
import dev.outrider.model.ErrorCode;
import dev.outrider.model.Plan;
import dev.outrider.model.Problem;
import dev.outrider.model.Value;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionSetTest {

    private static final String LIST =
            """
            "capabilities":[{"verb":"drive","param":"d","kind":"m","unit":"m","min":-10,"max":10,"choices":null,"desc":"drives"},
            {"verb":"say","param":"text","kind":"text","unit":null,"min":null,"max":null,"choices":null,"desc":""},
            {"verb":"dock","param":null,"kind":null,"unit":null,"min":null,"max":null,"choices":null,"desc":""}],\
            """
                    .replace("\n", "");

    @Test
    void countsAPlanWithinAHundredthAndInAnyOfTheExpectedForms() {
        Item item = item("[[{\"do\":\"drive\",\"d\":1.8288}],[{\"do\":\"dock\"}]]");

        assertThat(item.isRight(plan(drive(1.83)))).isTrue();
        assertThat(item.isRight(plan(new Action("dock", Map.of())))).isTrue();
        assertThat(item.isRight(plan(drive(1.86)))).isFalse();
        assertThat(item.isRight(plan(drive(-1.8288)))).isFalse();
        assertThat(item.isRight(plan(drive(1.8288), drive(1.8288)))).isFalse();
        assertThat(item.isRight(new Thought.Asks("how far?"))).isFalse();
    }

    @Test
    void comparesSpeechWithoutCaseAndOuterPunctuation() {
        Item item = item("[[{\"do\":\"say\",\"text\":\"Está lista\"}]]");

        assertThat(item.isRight(plan(say("¡está lista!")))).isTrue();
        assertThat(item.isRight(plan(say("esta lista")))).isFalse();
        assertThat(item("[[{\"do\":\"say\",\"text\":\"*\"}]]").isRight(plan(say("hi")))).isTrue();
    }

    @Test
    void comparesConditions() {
        Item item = item("[[{\"do\":\"dock\",\"if\":{\"battery\":{\"below\":30}}}]]");

        assertThat(item.isRight(plan(new Action("dock", Map.of(), new Condition.BatteryBelow(30)))))
                .isTrue();
        assertThat(item.isRight(plan(new Action("dock", Map.of(), new Condition.BatteryAbove(30)))))
                .isFalse();
        assertThat(item.isRight(plan(new Action("dock", Map.of())))).isFalse();
    }

    @Test
    void takesAValueOutOfItsLimitsForARefusal() {
        Item item =
                item(
                        "[[{\"do\":\"refuse\",\"reason\":\"*\"}],[{\"do\":\"ask\",\"question\":\"*\"}]]");

        Thought gated = item.gated(plan(drive(50)));

        assertThat(gated).isInstanceOf(Thought.Declines.class);
        assertThat(item.isRight(gated)).isTrue();
        assertThat(item.isValid(gated)).isTrue();
        assertThat(item.wantsAction()).isFalse();
    }

    @Test
    void findsAVerbThatTheRobotLacksInvalid() {
        Item item = item("[[{\"do\":\"dock\"}]]");

        assertThat(item.isValid(item.gated(plan(new Action("fly", Map.of()))))).isFalse();
        assertThat(item.isValid(item.gated(plan(new Action("drive", Map.of()))))).isFalse();
        assertThat(item.isValid(new Thought.Declines(new Problem(ErrorCode.NOT_UNDERSTOOD, "no"))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"instruction\":\"go\"}",
                "{\"instruction\":\"go\",\"capabilities\":[{\"verb\":\"Fly!\"}],\"expect\":[[]]}",
                "{\"instruction\":\"go\",\"capabilities\":[{\"verb\":\"go\",\"param\":\"x\",\"kind\":\"parsec\",\"unit\":\"pc\"}],\"expect\":[[]]}"
            })
    void namesTheLineThatIsNoInstruction(String line) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("some.jsonl");
    }

    private static Item item(String expect) {
        return read("{\"lang\":\"en\",\"category\":\"single\","
                        + LIST
                        + "\"instruction\":\"go\",\"expect\":"
                        + expect
                        + "}")
                .items()
                .getFirst();
    }

    private static InstructionSet read(String lines) {
        return InstructionSet.read("some.jsonl", new BufferedReader(new StringReader(lines)));
    }

    private static Thought plan(Action... actions) {
        return new Thought.Planned(new Plan(List.of(actions)));
    }

    private static Action drive(double meters) {
        return new Action("drive", Map.of("d", new Value.Quantity(meters)));
    }

    private static Action say(String text) {
        return new Action("say", Map.of("text", new Value.Text(text)));
    }
}
