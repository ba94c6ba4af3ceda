package dev.outrider.sense;

/** Where sound comes from. */
interface Microphone {

    /**
     * Begins to hear.
     *
     * @throws dev.outrider.ai.sense.SenseException if it cannot be heard; the message says why
     */
    Stream open();

    /** What it is, for people. */
    String describe();

    /** Whether it hears the robot's own loudspeaker. */
    boolean hearsTheSpeaker();

    /** Sound of 16 kHz as it comes; belongs to one thread, closed by any. */
    interface Stream extends AutoCloseable {

        /**
         * Waits for the next 32 ms and fills them in.
         *
         * @throws dev.outrider.ai.sense.SenseException if something cannot be heard; a folder goes
         *     on with its next sound
         */
        void next(float[] chunk);

        @Override
        void close();
    }
}
