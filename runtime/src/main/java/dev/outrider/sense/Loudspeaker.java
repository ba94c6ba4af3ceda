package dev.outrider.sense;

import dev.outrider.ai.sense.Sound;

/** Where sound goes to. */
interface Loudspeaker {

    /** Begins something to be heard in pieces. */
    Playback begin();

    /** What it is, for people. */
    String describe();

    /** Sound in pieces, one after the other; belongs to one thread, cut short by any. */
    interface Playback extends AutoCloseable {

        /**
         * Plays a piece after those before it, as soon as it can be heard.
         *
         * @throws dev.outrider.ai.sense.SenseException if it cannot be heard; the message says why
         */
        void play(Sound sound);

        /** Silence at once; what is played afterwards is not heard. */
        void cut();

        /** Returns once everything was heard. */
        @Override
        void close();
    }
}
