package dev.outrider.reason;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.model.Action;
import dev.outrider.model.ActionResult;
import dev.outrider.model.Finding;
import dev.outrider.model.Instruction;
import dev.outrider.model.Observation;
import dev.outrider.model.Plan;
import dev.outrider.model.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TellingTest {

    private static final Instruction ENGLISH = new Instruction.Words("What do you see?");
    private static final Instruction SPANISH = new Instruction.Words("¿Qué ves?");

    private final Telling telling = new Telling();

    @Test
    void namesThingsInTheLanguageOfTheQuestion() {
        assertThat(told(ENGLISH, seen("cup"))).isEqualTo("I see a cup.");
        assertThat(told(ENGLISH, seen("cup", "person", "spoon", "person")))
                .isEqualTo("I see a cup, two people and a spoon.");
        assertThat(told(SPANISH, seen("cup", "person", "spoon", "person")))
                .isEqualTo("Veo una taza, dos personas y una cuchara.");
        assertThat(told(ENGLISH, seen("apple", "knife", "knife", "scissors", "wine glass")))
                .isEqualTo("I see an apple, two knives, scissors and a wine glass.");
        assertThat(told(SPANISH, seen("wine glass", "wine glass", "oven", "oven", "oven")))
                .isEqualTo("Veo dos copas de vino y tres hornos.");
        assertThat(told(SPANISH, seen("gizmo"))).isEqualTo("Veo «gizmo».");
        assertThat(
                        told(
                                ENGLISH,
                                seen(
                                        Stream.generate(() -> "bus")
                                                .limit(12)
                                                .toArray(String[]::new))))
                .isEqualTo("I see 12 buses.");
    }

    @Test
    void saysThatThereIsNothing() {
        assertThat(told(ENGLISH, seen())).isEqualTo("I see nothing that I know.");
        assertThat(told(SPANISH, new Observation.Read(List.of())))
                .isEqualTo("No veo nada escrito.");
        assertThat(told(SPANISH, new Observation.Heard("", "")))
                .isEqualTo("No he oído hablar a nadie.");
    }

    @Test
    void quotesWhatIsWrittenAndSaid() {
        var sign = new Observation.Read(List.of(finding("DOCK 7"), finding("Keep out!")));

        assertThat(told(ENGLISH, sign)).isEqualTo("It says: DOCK 7, Keep out!");
        assertThat(told(new Instruction.Words("lee el cartel"), sign))
                .isEqualTo("Pone: DOCK 7, Keep out!");
        assertThat(told(ENGLISH, new Observation.Heard("Buenos días", "es")))
                .isEqualTo("I heard: Buenos días.");
        assertThat(sign.text()).isEqualTo("DOCK 7\nKeep out!");
    }

    @Test
    void tellsEverythingThatWasFoundOutAndNothingOfOtherActions() {
        List<ActionResult> results =
                List.of(result(seen("cup")), result(null), result(seen("dog")));

        assertThat(telling.told(new Instruction.Steps(Plan.NONE), results))
                .isEqualTo("I see a cup. I see a dog.");
        assertThat(telling.told(ENGLISH, List.of(result(null)))).isEmpty();
    }

    @Test
    void fillsWhatWasFoundIntoWhatIsToBeSaid() {
        Action say =
                new Action("say", Map.of("text", new Value.Text("Listen: {found} That is all.")));

        assertThat(telling.filled(say, ENGLISH, List.of(result(seen("cup")))).arguments())
                .containsEntry("text", new Value.Text("Listen: I see a cup. That is all."));
        Action plain = new Action("say", Map.of("text", new Value.Text("{cup}")));
        assertThat(telling.filled(plain, ENGLISH, List.of())).isSameAs(plain);
    }

    private String told(Instruction instruction, Observation found) {
        return telling.told(instruction, List.of(result(found)));
    }

    private static ActionResult result(@Nullable Observation found) {
        return new ActionResult(new Action("look", Map.of()), ActionResult.Kind.DONE, "", found);
    }

    private static Observation seen(String... labels) {
        return new Observation.Seen(Stream.of(labels).map(TellingTest::finding).toList());
    }

    private static Finding finding(String label) {
        return new Finding(label, 0.9, "middle", 0.1, 0.2, 0.3, 0.4);
    }
}
