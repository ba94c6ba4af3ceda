package dev.outrider.sense;

import dev.outrider.ai.openvino.Devices;
import dev.outrider.ai.sense.Cancellable;
import dev.outrider.ai.sense.Sound;
import dev.outrider.ai.sense.TextToSpeech;
import dev.outrider.kernel.Cancellation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A loudspeaker with a voice for each language: Kokoro's where it was pulled, espeak-ng's own
 * otherwise.
 */
public final class Mouth implements AutoCloseable {

    private final Loudspeaker speaker;
    private final Models models;
    private final UnaryOperator<String> languageOf;
    private final Map<String, Lazy<TextToSpeech>> voices = new ConcurrentHashMap<>();
    private volatile @Nullable Saying current;
    private volatile long lastHeard = System.nanoTime();

    /**
     * @param languageOf the language of a text, two letters
     */
    Mouth(Loudspeaker speaker, Models models, UnaryOperator<String> languageOf) {
        this.speaker = speaker;
        this.models = models;
        this.languageOf = languageOf;
    }

    /**
     * Says a text; returns once it was heard, or cut short.
     *
     * @param heard run when its first sound is there
     * @return whether it was heard to its end
     * @throws dev.outrider.ai.sense.SenseException if it cannot be said; the message says why
     */
    public synchronized boolean say(String text, Cancellation cancellation, Runnable heard) {
        TextToSpeech voice = voice(languageOf.apply(text)).value();
        Saying saying = new Saying(speaker.begin(), heard);
        current = saying;
        cancellation.onRequest(saying::cut);
        try (saying) {
            saying.speak(voice, text);
        } finally {
            current = null;
            lastHeard = System.nanoTime();
        }
        return !saying.cut;
    }

    /** Falls silent at once; any thread. */
    public void hush() {
        Saying saying = current;
        if (saying != null) {
            saying.cut();
        }
    }

    /** Whether something was being said at that time of the monotonic clock, or after it. */
    boolean spokeSince(long nanos) {
        return current != null || lastHeard - nanos > 0;
    }

    /** Opens the voices, so that the first word need not wait for them. */
    void prepare() {
        List.of("en", "es").forEach(language -> voice(language).value());
    }

    String describe() {
        return speaker.describe();
    }

    private Lazy<TextToSpeech> voice(String language) {
        return Objects.requireNonNull(
                voices.computeIfAbsent(
                        language, l -> new Lazy<>(() -> open(l), TextToSpeech::close)));
    }

    private TextToSpeech open(String language) {
        String voice = TextToSpeech.voice(language);
        boolean kokoro =
                List.of(TextToSpeech.MODEL, TextToSpeech.TOKENIZER, voice).stream()
                        .allMatch(models::isHere);
        return kokoro
                ? TextToSpeech.kokoro(
                        models.file(TextToSpeech.MODEL),
                        models.file(TextToSpeech.TOKENIZER),
                        models.file(voice),
                        language,
                        Devices.CPU)
                : TextToSpeech.plain(language);
    }

    @Override
    public void close() {
        hush();
        for (Lazy<TextToSpeech> voice : voices.values()) {
            voice.close();
        }
    }

    /** One text being said. */
    private static final class Saying implements AutoCloseable {

        private final Loudspeaker.Playback playback;
        private final Runnable heard;
        private final Cancellable work = new Cancellable();
        private boolean began;
        private volatile boolean cut;

        Saying(Loudspeaker.Playback playback, Runnable heard) {
            this.playback = playback;
            this.heard = heard;
        }

        void speak(TextToSpeech voice, String text) {
            work.run(() -> {
                voice.speak(text, this::play);
                return text;
            });
        }

        private boolean play(Sound sound) {
            if (!cut) {
                playback.play(sound);
                if (!began) {
                    began = true;
                    heard.run();
                }
            }
            return !cut;
        }

        void cut() {
            cut = true;
            playback.cut();
            work.cancel();
        }

        @Override
        public void close() {
            playback.close();
        }
    }
}
