package dev.outrider.ai.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class GrammarTest {
    @Test
    void refusesNestingThatWouldOverflowTheNativeStack() {
        var deep = "root ::= " + "(".repeat(65) + "\"a\"" + ")".repeat(65);

        assertThatThrownBy(() -> Grammar.gbnf(deep))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nest at most 64 deep");
    }

    @Test
    void refusesChainsOfRulesThatWouldOverflowTheNativeStack() {
        assertThatThrownBy(() -> Grammar.gbnf("a ::= b\n".repeat(1001)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1000 rules, not 1001");
    }

    @Test
    void countsOnlyParenthesesThatGroup() {
        var many = "(".repeat(100);
        var text = "root ::= \"\\\"" + many + "\" [(\\]" + many + "] # " + many + "\nx ::= (\"a\")";

        assertThat(Grammar.gbnf(text)).isEqualTo(new Grammar.Gbnf(text));
    }

    @Test
    void refusesWhatIsNoText() {
        assertThatThrownBy(() -> Grammar.gbnf(" ")).hasMessageContaining("1 to 262144 characters");
        assertThatThrownBy(() -> Grammar.gbnf("root ::= \"a\"\0")).hasMessageContaining("NUL");
    }
}
