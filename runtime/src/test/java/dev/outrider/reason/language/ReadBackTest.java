package dev.outrider.reason.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.model.Action;
import dev.outrider.model.Capability;
import dev.outrider.model.Parameter;
import dev.outrider.model.Plan;
import dev.outrider.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadBackTest {

    private static final List<Capability> CAPABILITIES =
            List.of(
                    new Capability(
                            "polish",
                            "polishes a floor",
                            Map.of("what", new Parameter.Choice(List.of("hall", "kitchen"))),
                            Set.of(),
                            List.of("shine up", "abrillanta", "abrillantar")),
                    new Capability("honk_twice", "makes a noise", Map.of(), Set.of(), List.of()));

    private static final Plan PLAN =
            new Plan(
                    List.of(
                            new Action("polish", Map.of("what", new Value.Text("hall"))),
                            new Action("honk_twice", Map.of())));

    @Test
    void callsAVerbByItsNameInEnglish() {
        assertThat(ReadBack.of(PLAN, CAPABILITIES, Language.EN))
                .isEqualTo("polish hall, then honk twice?");
    }

    @Test
    void callsAVerbByItsSpanishInfinitiveWhereItHasOne() {
        assertThat(ReadBack.of(PLAN, CAPABILITIES, Language.ES))
                .isEqualTo("¿abrillantar hall, y después honk twice?");
    }
}
