package dev.outrider.kernel;

import static dev.outrider.kernel.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.model.Observation;
import dev.outrider.model.Plan;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetyGateTest {

    private final FakeBody body = new FakeBody();
    private final SafetyGate gate = new SafetyGate();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    [{"do":"fly"}]                       | unknown_verb           | verbs drive, turn, goto, say, stop
                    [{"do":"drive"}]                     | parameter_missing      | drive.distance required
                    [{"do":"drive","distance":10.01}]    | parameter_out_of_range | drive.distance within -10..10 m
                    [{"do":"drive","distance":-1e300}]   | parameter_out_of_range | drive.distance within -10..10 m
                    [{"do":"drive","distance":"far"}]    | parameter_type         | drive.distance is a number in m
                    [{"do":"drive","distance":[2]}]      | parameter_type         | drive.distance is a number in m
                    [{"do":"drive","distance":true}]     | parameter_type         | drive.distance is a number in m
                    [{"do":"drive","distance":null}]     | parameter_type         | drive.distance is a number in m
                    [{"do":"drive","distance":"2 furlong"}] | unit_unknown        | drive.distance in m
                    [{"do":"drive","distance":"2 s"}]    | unit_unknown           | drive.distance in m
                    [{"do":"drive","distance":"20 km"}]  | parameter_out_of_range | drive.distance within -10..10 m
                    [{"do":"goto","place":"moon"}]       | parameter_out_of_range | goto.place one of dock, kitchen
                    [{"do":"goto","place":7}]            | parameter_type         | goto.place is a text
                    [{"do":"say","text":""}]             | parameter_out_of_range | say.text of 1..20 characters
                    [{"do":"say","text":"a sentence that is too long"}] | parameter_out_of_range | say.text of 1..20 characters
                    [{"do":"drive","distance":1},{"do":"fly"}] | unknown_verb     | verbs drive, turn, goto, say, stop
                    """)
    void refusesAPlanAndNamesTheRuleItBreaks(String json, String code, String rule) {
        var verdict = gate.check(plan(json), body.capabilities(), body.state());

        assertThat(verdict).isInstanceOf(SafetyGate.Verdict.Refused.class);
        var problem = ((SafetyGate.Verdict.Refused) verdict).problem();
        assertThat(problem.code().wireName()).isEqualTo(code);
        assertThat(problem.rule()).isEqualTo(rule);
        assertThat(problem.message()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    [{"do":"drive","distance":10}]              | [{"do":"drive","distance":10}]
                    [{"do":"drive","distance":"150 cm"}]        | [{"do":"drive","distance":1.5}]
                    [{"do":"turn","angle":"0.5 turn"}]          | [{"do":"turn","angle":180}]
                    [{"do":"drive","distance":1,"speed":9}]     | [{"do":"drive","distance":1}]
                    [{"do":"goto","place":"Kitchen "}]          | [{"do":"goto","place":"kitchen"}]
                    [{"do":"stop","if":{"battery":{"below":9}}}] | [{"do":"stop","if":{"battery":{"below":9}}}]
                    """)
    void acceptsAPlanInTheFormTheCapabilitiesDeclare(String json, String accepted) {
        var verdict = gate.check(plan(json), body.capabilities(), body.state());

        assertThat(verdict).isEqualTo(new SafetyGate.Verdict.Accepted(plan(accepted)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"do\":\"stop\",\"if\":{\"found\":\"cup\"}}]",
                "[{\"do\":\"turn\",\"angle\":1},{\"do\":\"stop\",\"if\":{\"not_found\":\"cup\"}}]",
                "[{\"do\":\"look\",\"if\":{\"found\":\"cup\"}}]"
            })
    void refusesToWaitForWhatNothingBeforeFindsOut(String json) {
        body.sees = new Observation.Seen(List.of());

        var verdict = gate.check(plan(json), body.capabilities(), body.state());

        assertThat(((SafetyGate.Verdict.Refused) verdict).problem().code().wireName())
                .isEqualTo("gate_refused");
    }

    @Test
    void acceptsAConditionOnWhatWasFoundOut() {
        body.sees = new Observation.Seen(List.of());
        String json = "[{\"do\":\"look\"},{\"do\":\"stop\",\"if\":{\"found\":\"cup\"}}]";

        var verdict = gate.check(plan(json), body.capabilities(), body.state());

        assertThat(verdict).isEqualTo(new SafetyGate.Verdict.Accepted(plan(json)));
    }

    @Test
    void refusesMotionWhileTheEmergencyStopIsEngaged() {
        body.emergencyStop = true;

        var verdict =
                gate.check(
                        plan("[{\"do\":\"say\",\"text\":\"hi\"},{\"do\":\"turn\",\"angle\":1}]"),
                        body.capabilities(),
                        body.state());

        assertThat(((SafetyGate.Verdict.Refused) verdict).problem().code().wireName())
                .isEqualTo("estop_engaged");
    }

    @Test
    void letsAStopThroughWhileTheEmergencyStopIsEngaged() {
        body.emergencyStop = true;

        var verdict = gate.check(plan("[{\"do\":\"stop\"}]"), body.capabilities(), body.state());

        assertThat(verdict).isInstanceOf(SafetyGate.Verdict.Accepted.class);
    }

    @Test
    void refusesAPlanWithNoActionOrTooMany() {
        Plan endless =
                new Plan(Collections.nCopies(33, plan("[{\"do\":\"stop\"}]").actions().getFirst()));

        for (Plan plan : new Plan[] {Plan.NONE, endless}) {
            var verdict = gate.check(plan, body.capabilities(), body.state());
            assertThat(((SafetyGate.Verdict.Refused) verdict).problem().code().wireName())
                    .isEqualTo("gate_refused");
        }
    }
}
