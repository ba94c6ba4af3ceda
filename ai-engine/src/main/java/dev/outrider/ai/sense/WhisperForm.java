package dev.outrider.ai.sense;

import java.util.List;
import java.util.Map;
import org.intel.openvino.Tensor;

/**
 * Whisper: a picture of 30 seconds of sound in, a hundred languages out.
 *
 * @param specials the numbers of what stands between angle brackets in its tokenizer
 */
record WhisperForm(Map<String, Integer> specials) implements SpeechForm {
    private static final String START = "<|startoftranscript|>";
    private static final String END = "<|endoftext|>";
    private static final List<String> NEEDED =
            List.of(START, END, "<|transcribe|>", "<|notimestamps|>", "<|en|>", "<|es|>");

    WhisperForm {
        for (String needed : NEEDED) {
            if (!specials.containsKey(needed)) {
                throw new SenseException("this is no tokenizer of Whisper: it has no " + needed);
            }
        }
    }

    @Override
    public String name() {
        return "Whisper";
    }

    @Override
    public boolean speaks(String language) {
        return specials.containsKey("<|%s|>".formatted(language));
    }

    /** A small Whisper that may choose among a hundred takes a short order for Tamil. */
    @Override
    public List<String> expected() {
        return List.of("en", "es");
    }

    @Override
    public Tensor input(float[] samples) {
        return new Tensor(new int[] {1, LogMel.BANDS, LogMel.STEPS}, LogMel.of(samples));
    }

    @Override
    public long[] languagePrompt() {
        return new long[] {special(START)};
    }

    @Override
    public long[] prompt(String language) {
        return new long[] {
            special(START), token(language), special("<|transcribe|>"), special("<|notimestamps|>")
        };
    }

    @Override
    public int token(String language) {
        return special("<|%s|>".formatted(language));
    }

    @Override
    public int end() {
        return special(END);
    }

    @Override
    public int words() {
        return special(END);
    }

    private int special(String name) {
        return specials.getOrDefault(name, 0);
    }
}
