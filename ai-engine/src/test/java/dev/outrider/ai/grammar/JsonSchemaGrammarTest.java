package dev.outrider.ai.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonSchemaGrammarTest {
    @Test
    void saysRequiredMembersAlwaysAndOthersPerhaps() {
        var schema =
                """
                {"type": "object", "required": ["b"],
                 "properties": {"a": {"type": "integer"}, "b": {"type": "boolean"}}}
                """;

        assertThat(JsonSchemaGrammar.of(schema))
                .startsWith(
                        """
                        root ::= r4
                        r0 ::= "\\"b\\"" ":" ws boolean ""
                        r1 ::= "," ws "\\"b\\"" ":" ws boolean ""
                        r2 ::= "\\"a\\"" ":" ws integer r1 | r0
                        r3 ::= ("," ws "\\"a\\"" ":" ws integer)? r1
                        r4 ::= "{" r2 "}"
                        """);
    }

    @Test
    void saysConstantsLetterByLetter() {
        assertThat(JsonSchemaGrammar.of("{\"const\": \"say \\\"hi\\\\\"}"))
                .startsWith("root ::= \"\\\"say \\\\\\\"hi\\\\\\\\\\\"\"");
    }

    @Test
    void boundsStringsAndArrays() {
        var text = "{\"type\": \"string\", \"minLength\": 2, \"maxLength\": 9}";
        var list = "{\"type\": \"array\", \"minItems\": 1, \"items\": {\"type\": \"null\"}}";

        assertThat(JsonSchemaGrammar.of(text))
                .startsWith("root ::= \"\\\"\" string-char{2,9} \"\\\"\"");
        assertThat(JsonSchemaGrammar.of(list)).contains("r1 ::= \"[\" r0 (\",\" ws r0)* \"]\"");
    }

    @Test
    void ignoresNotes() {
        var noted =
                "{\"title\": \"t\", \"description\": \"d\", \"default\": 1, \"type\": \"integer\"}";

        assertThat(JsonSchemaGrammar.of(noted))
                .isEqualTo(JsonSchemaGrammar.of("{\"type\": \"integer\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"number\", \"minimum\": 0}@keyword minimum is not supported",
                "{\"$ref\": \"#/x\"}@keyword $ref is not supported",
                "{\"type\": \"string\", \"pattern\": \"a+\"}@keyword pattern is not supported",
                "{\"type\": \"thing\"}@not 'thing'",
                "{}@type must be",
                "{\"type\": \"array\"}@an array needs items",
                "{\"enum\": []}@an empty choice",
                "{\"type\": \"object\", \"required\": [\"x\"]}@required member \"x\" is not among properties",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"object\", \"properties\": {\"b\": 5}}}}@at /a/b: a schema must be an object",
                "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}}@additionalProperties must be true or false",
                "{\"type\": \"string\", \"minLength\": 3, \"maxLength\": 2}@at least 3 and at most 2",
                "{\"type\": \"string\", \"maxLength\": 5000}@maxLength must be 0 to 1000",
                "{\"type\": \"string\", \"maxLength\": -1}@maxLength must be 0 to 1000",
                "[1]@must be an object",
                "not json@not a JSON Schema"
            })
    void refusesWhatItCannotPromise(String schema, String problem) {
        assertThatThrownBy(() -> JsonSchemaGrammar.of(schema))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void refusesEndlessNesting() {
        var deep =
                "{\"type\": \"array\", \"items\": ".repeat(40)
                        + "{\"type\": \"null\"}"
                        + "}".repeat(40);

        assertThatThrownBy(() -> JsonSchemaGrammar.of(deep))
                .hasMessageContaining("nested more than 32 deep");
    }
}
