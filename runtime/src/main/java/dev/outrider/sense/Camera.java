package dev.outrider.sense;

import dev.outrider.ai.sense.Picture;

/** Where pictures come from. */
interface Camera {

    /**
     * A picture of now.
     *
     * @throws dev.outrider.ai.sense.SenseException if there is none; the message says why
     */
    Picture take();

    /** What it is, for people. */
    String describe();
}
