package dev.outrider.ai.sense;

import java.util.List;
import org.intel.openvino.Tensor;

/** What differs between models that write speech down. */
interface SpeechForm {
    /** What they are called, for messages. */
    String name();

    /** Languages it may be told, by their two letters. */
    boolean speaks(String language);

    /** Languages it is to choose among; one if there is no choice. */
    List<String> expected();

    /** Its encoder's input: at most 30 seconds of 16 kHz. */
    Tensor input(float[] samples);

    /** What its decoder begins with. */
    long[] prompt(String language);

    /** What its decoder begins with to say which language it hears; its answer is one of these. */
    long[] languagePrompt();

    /** The token of a language. */
    int token(String language);

    /** The token that ends a text. */
    int end();

    /** Tokens from here on, but for the end, are marks of time and the like, and no words. */
    int words();
}
