package dev.outrider.model;

/**
 * What a command asks for: words to be reasoned about, or a plan that goes straight to the gate.
 */
public sealed interface Instruction {

    /**
     * An everyday sentence.
     *
     * @param text not blank, at most {@value #MAX_LENGTH} characters
     */
    record Words(String text) implements Instruction {

        /** The longest sentence accepted, in characters. */
        public static final int MAX_LENGTH = 4000;

        public Words {
            if (text.isBlank()) {
                throw new IllegalArgumentException("the text is empty");
            }
            if (text.length() > MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "the text has " + text.length() + " characters, at most " + MAX_LENGTH);
            }
        }
    }

    /** A plan made by the sender. */
    record Steps(Plan plan) implements Instruction {}
}
