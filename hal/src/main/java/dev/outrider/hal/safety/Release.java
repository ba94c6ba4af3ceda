package dev.outrider.hal.safety;

/** What became of a request to release the emergency stop. */
public sealed interface Release {

    /** The robot may move again. */
    record Released(String who, String why) implements Release {}

    /** It stays engaged, for this reason. */
    record Refused(String reason) implements Release {}
}
