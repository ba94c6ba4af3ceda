package dev.outrider.ai.llama;

import dev.outrider.ai.llama.foreign.SamplerCalls;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds what a grammar leaves no choice for. Two thirds of the tokens of a JSON answer are such,
 * and decoding them together costs little more than decoding one. The grammar is asked, byte by
 * byte and in a copy, which of the vocabulary's one-byte tokens it would take next; while there is
 * just one, the text is forced. The text is then spelled as the model's tokenizer spells it,
 * without its last token: that one might have grown into what follows, so the model is left to
 * choose it. Owner thread only.
 */
final class ForcedRun {
    /** No tokens, and no end. */
    static final Run NOTHING = new Run(List.of(), false);

    /** Where a grammar leaves a choice, it is most often one between two of these. */
    private static final String USUAL = "ae\"01 ,}";

    private static final int LONGEST_BYTES = 512;
    private static final int LONGEST_ANCHOR_TOKENS = 3;

    private final NativeModel model;
    private final int[] probes;
    private final int[] usual;
    private final byte[] bytes;
    private final boolean usable;

    /**
     * What has to be said next.
     *
     * @param ends whether the answer is complete after these tokens
     */
    record Run(List<Integer> tokens, boolean ends) {}

    private record Text(String characters, boolean ends) {}

    ForcedRun(NativeModel model) {
        this.model = model;
        var tokens = model.byteTokens();
        int[] present = IntStream.range(0, tokens.length).filter(i -> tokens[i] >= 0).toArray();
        int end = model.endToken();
        bytes = new byte[present.length];
        probes = new int[present.length + (end < 0 ? 0 : 1)];
        for (int i = 0; i < present.length; i++) {
            bytes[i] = (byte) present[i];
            probes[i] = tokens[present[i]];
        }
        if (end >= 0) {
            probes[present.length] = end;
        }
        usual = USUAL.chars().map(c -> tokens[c]).filter(token -> token >= 0).toArray();
        // a byte that no token could say alone would be a choice that goes unseen
        usable = end >= 0 && model.spellsByBytes();
    }

    /** What a grammar in this state forces. */
    Run next(MemorySegment grammar, Candidates candidates) {
        if (!usable) {
            return NOTHING;
        }
        var text = text(grammar, candidates);
        if (text.characters().isEmpty()) {
            return new Run(List.of(), text.ends());
        }
        int[] tokens = spelled(text.characters());
        int count = text.ends() ? tokens.length : tokens.length - 1;
        return count < 1
                ? NOTHING
                : new Run(Arrays.stream(tokens, 0, count).boxed().toList(), text.ends());
    }

    /**
     * The bytes that what is said next may begin with. A token that begins with another one cannot
     * be allowed, so a grammar need not be asked about it.
     */
    Optional<BitSet> beginnings(MemorySegment grammar, Candidates candidates) {
        if (!usable) {
            return Optional.empty();
        }
        candidates.these(probes);
        SamplerCalls.apply(grammar, candidates.array());
        var found = new BitSet();
        candidates.allowed().stream()
                .filter(i -> i < bytes.length)
                .forEach(i -> found.set(bytes[i] & 0xff));
        return Optional.of(found);
    }

    private Text text(MemorySegment grammar, Candidates candidates) {
        int only = only(grammar, candidates);
        if (only < 0 || only == bytes.length) {
            return new Text("", only == bytes.length);
        }
        var copy = SamplerCalls.copy(grammar);
        try {
            var text = new ByteArrayOutputStream();
            while (only >= 0 && only < bytes.length && text.size() < LONGEST_BYTES) {
                text.write(bytes[only]);
                SamplerCalls.accept(copy, probes[only]);
                only = only(copy, candidates);
            }
            return new Text(whole(text), only == bytes.length);
        } finally {
            SamplerCalls.free(copy);
        }
    }

    /** Without the part of a character that may stand at the end. */
    private static String whole(ByteArrayOutputStream text) {
        var characters = text.toString(StandardCharsets.UTF_8);
        return characters.endsWith("\ufffd")
                ? characters.substring(0, characters.length() - 1)
                : characters;
    }

    /** Index of the only probe the grammar would take; -1 if there are none or several. */
    private int only(MemorySegment grammar, Candidates candidates) {
        candidates.these(usual);
        SamplerCalls.apply(grammar, candidates.array());
        if (candidates.allowed(2)) {
            return -1;
        }
        candidates.these(probes);
        SamplerCalls.apply(grammar, candidates.array());
        return candidates.onlyAllowed();
    }

    /**
     * The tokens of a text, none if they would not give just its bytes. Some tokenizers put a space
     * before what they take for the beginning of a text, so it is tried behind a line end too.
     */
    private int[] spelled(String characters) {
        byte[] text = characters.getBytes(StandardCharsets.UTF_8);
        for (String anchor : List.of("", "\n")) {
            int[] tokens = model.tokenize(anchor + characters, false, false);
            for (int from = 0; from < Math.min(tokens.length, LONGEST_ANCHOR_TOKENS); from++) {
                int[] rest = Arrays.copyOfRange(tokens, from, tokens.length);
                if (Arrays.equals(joined(rest), text)) {
                    return rest;
                }
            }
        }
        return new int[0];
    }

    private byte[] joined(int[] tokens) {
        var joined = new ByteArrayOutputStream();
        for (int token : tokens) {
            joined.writeBytes(model.piece(token));
        }
        return joined.toByteArray();
    }
}
