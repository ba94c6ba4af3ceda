package dev.outrider.ai.sense;

import java.util.Arrays;
import java.util.List;
import org.intel.openvino.Tensor;

/** Moonshine: sound of any length in, English out; a short sound costs little. */
record MoonshineForm() implements SpeechForm {
    private static final int BEGIN = 1;
    private static final int END = 2;
    private static final int WORDS = 32_000;
    private static final int LEAST_SAMPLES = Sound.SPEECH_RATE / 2;

    @Override
    public String name() {
        return "Moonshine";
    }

    @Override
    public boolean speaks(String language) {
        return language.equals("en");
    }

    @Override
    public List<String> expected() {
        return List.of("en");
    }

    @Override
    public Tensor input(float[] samples) {
        var heard = Arrays.copyOf(samples, Math.max(LEAST_SAMPLES, samples.length));
        return new Tensor(new int[] {1, heard.length}, heard);
    }

    @Override
    public long[] languagePrompt() {
        return new long[] {BEGIN};
    }

    @Override
    public long[] prompt(String language) {
        return new long[] {BEGIN};
    }

    @Override
    public int token(String language) {
        return BEGIN;
    }

    @Override
    public int end() {
        return END;
    }

    @Override
    public int words() {
        return WORDS;
    }
}
