package dev.outrider.reason;

import static dev.outrider.reason.ReflexCommandsTest.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.codec.PlanJson;
import dev.outrider.kernel.CrossCheck.Opinion;
import dev.outrider.kernel.Reasoner;
import dev.outrider.kernel.Reasoner.Thought;
import dev.outrider.model.Action;
import dev.outrider.model.AskPolicy;
import dev.outrider.model.Capability;
import dev.outrider.model.Decision.Readers;
import dev.outrider.model.Plan;
import dev.outrider.model.Rung;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwoReadersTest {

    private static final String SURE = "drive forward 2 meters";
    private static final String TWO_METERS = "[{\"do\":\"drive\",\"distance\":2}]";
    private static final String THREE_METERS = "[{\"do\":\"drive\",\"distance\":3}]";

    @Test
    void runWhereBothReadTheSame() throws Exception {
        Thought thought = model(TWO_METERS, 0.9);

        Opinion opinion = weigh(AskPolicy.ASK_WHEN_UNSURE, SURE, thought);

        assertThat(opinion).isInstanceOf(Opinion.Settled.class);
        assertThat(opinion).extracting("thought").isEqualTo(thought);
        assertThat(opinion).extracting("accord.readers").isEqualTo(Readers.BOTH);
    }

    @Test
    void readBackTheLikelierPlanWhereTheyDiffer() throws Exception {
        assertThat(weigh(AskPolicy.ASK_WHEN_UNSURE, SURE, model(THREE_METERS, 0.5)))
                .isInstanceOfSatisfying(
                        Opinion.Unsure.class,
                        o -> {
                            assertThat(o.readBack()).isEqualTo("drive forward 2 m?");
                            assertThat(o.accord().readers()).isEqualTo(Readers.PARSER);
                        });
        assertThat(weigh(AskPolicy.ASK_WHEN_UNSURE, "zarp the blirn", model(THREE_METERS, 0.9)))
                .isInstanceOfSatisfying(
                        Opinion.Unsure.class,
                        o -> assertThat(o.accord().readers()).isEqualTo(Readers.MODEL));
    }

    @Test
    void askNobodyWhereSomethingIsOnlyToBeFoundOut() throws Exception {
        Capability look =
                new Capability(
                        "look", "sees", Map.of(), Set.of(), List.of("what do you see"), true);
        Reasoner.Question asked = question("What do you see?");
        Reasoner.Question question =
                new Reasoner.Question(
                        asked.text(),
                        Stream.concat(asked.capabilities().stream(), Stream.of(look)).toList(),
                        asked.places(),
                        asked.state(),
                        List.of(),
                        "",
                        asked.timeLeft());
        TwoReaders readers = new TwoReaders(AskPolicy.ASK_WHEN_UNSURE, Set.of(Rung.LOCAL));

        Opinion differing = readers.weigh(question, Rung.LOCAL, model(THREE_METERS, 0.9));
        Opinion declined = readers.weigh(question, Rung.LOCAL, new Thought.Asks("what?"));

        assertThat(differing).isEqualTo(declined);
        assertThat(declined)
                .isInstanceOfSatisfying(
                        Opinion.Settled.class,
                        o ->
                                assertThat(o.thought())
                                        .isEqualTo(
                                                new Thought.Planned(
                                                        Plan.of(new Action("look", Map.of())), 1)));
    }

    @Test
    void askWhereTheRulesReadNothingAndTheModelIsNotSure() throws Exception {
        assertThat(weigh(AskPolicy.ASK_WHEN_UNSURE, "zarp the blirn", model(THREE_METERS, 0.5)))
                .isInstanceOf(Opinion.Settled.class)
                .extracting("thought")
                .isInstanceOf(Thought.Asks.class);
    }

    @Test
    void askWhereACorrectionLeadsThatTheModelOverlooked() throws Exception {
        Opinion opinion =
                weigh(
                        AskPolicy.ASK_WHEN_UNSURE,
                        "go to the kitchen, no, the library",
                        model("[{\"do\":\"goto\",\"place\":\"kitchen\"}]", 0.99));

        assertThat(opinion)
                .extracting("thought.question")
                .asString()
                .startsWith("where to? places are ");
    }

    @Test
    void readBackAPlanThatLeavesWordsUnread() throws Exception {
        Opinion opinion =
                weigh(
                        AskPolicy.ASK_WHEN_UNSURE,
                        "avanza 2 metros con garbo",
                        model(TWO_METERS, 0.99));

        assertThat(opinion)
                .isInstanceOfSatisfying(
                        Opinion.Unsure.class,
                        o -> assertThat(o.readBack()).isEqualTo("¿avanzar 2 m?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "where is the kitchen?",
                "¿dónde está la cocina?",
                "don't drive forward 2 meters",
                "thanks, you are lovely",
                "the purple seven sings banana"
            })
    void moveNothingWithoutAYesWhereTheWordsOrderNothing(String text) throws Exception {
        assertThat(weigh(AskPolicy.ASK_WHEN_UNSURE, text, model(TWO_METERS, 0.99)))
                .isInstanceOf(Opinion.Unsure.class);
        assertThat(weigh(AskPolicy.ASK_WHEN_UNSURE, text, new Thought.Asks("what?")))
                .isInstanceOf(Opinion.Settled.class);
    }

    @Test
    void refuseWhatTheyMayNotAsk() throws Exception {
        Opinion opinion = weigh(AskPolicy.NEVER_ASK, SURE, model(THREE_METERS, 0.5));

        assertThat(opinion)
                .isInstanceOfSatisfying(
                        Opinion.Settled.class,
                        o ->
                                assertThat(o.thought())
                                        .isInstanceOfSatisfying(
                                                Thought.Declines.class,
                                                d ->
                                                        assertThat(d.problem().message())
                                                                .contains("drive forward 2 m?")));
    }

    @Test
    void askBeforeEverythingButAStopWhereTheyAlwaysAsk() throws Exception {
        assertThat(weigh(AskPolicy.ALWAYS_ASK, SURE, model(TWO_METERS, 0.99)))
                .isInstanceOf(Opinion.Unsure.class);
        assertThat(weigh(AskPolicy.ALWAYS_ASK, "stop", model("[{\"do\":\"stop\"}]", 0.99)))
                .isInstanceOf(Opinion.Settled.class);
    }

    @Test
    void takeTheCloudByItsWordUnlessItIsChecked() throws Exception {
        TwoReaders unchecked = new TwoReaders(AskPolicy.ASK_WHEN_UNSURE, Set.of(Rung.LOCAL));
        TwoReaders checked = new TwoReaders(AskPolicy.ASK_WHEN_UNSURE, Set.of(Rung.CLOUD));

        assertThat(unchecked.weigh(question(SURE), Rung.CLOUD, model(THREE_METERS, 0.5)))
                .isInstanceOf(Opinion.Settled.class);
        assertThat(checked.weigh(question(SURE), Rung.CLOUD, model(THREE_METERS, 0.5)))
                .isInstanceOf(Opinion.Unsure.class);
    }

    private static Opinion weigh(AskPolicy policy, String text, Thought thought) {
        return new TwoReaders(policy, Set.of(Rung.LOCAL))
                .weigh(question(text), Rung.LOCAL, thought);
    }

    private static Thought model(String plan, double sure) throws Exception {
        Plan read = PlanJson.plan(PlanJson.MAPPER.readTree(plan));
        return new Thought.Planned(read, sure);
    }
}
