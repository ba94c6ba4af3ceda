package dev.outrider.ai.llama;

import dev.outrider.ai.grammar.JsonSchemaGrammar;
import dev.outrider.ai.grammar.SchemaException;

/** What an answer must look like. */
public sealed interface Grammar {
    /** Anything goes. */
    record Free() implements Grammar {}

    /**
     * Text of a grammar in llama.cpp's GBNF notation, beginning at the rule {@code root}. Every
     * complete answer is a sentence of it; an answer cut short by a limit is the beginning of one.
     */
    record Gbnf(String text) implements Grammar {
        public Gbnf {
            GrammarText.check(text);
        }
    }

    static Grammar free() {
        return new Free();
    }

    static Grammar gbnf(String text) {
        return new Gbnf(text);
    }

    /**
     * JSON valid by a schema; see {@link JsonSchemaGrammar} for the keywords it may use.
     *
     * @throws SchemaException if it uses others
     */
    static Grammar jsonSchema(String schema) {
        return new Gbnf(JsonSchemaGrammar.of(schema));
    }
}
