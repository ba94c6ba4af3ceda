package dev.outrider.model;

/** Whether a rung can answer at present. */
public sealed interface Readiness {

    /** It can. */
    record Ready() implements Readiness {}

    /**
     * It cannot.
     *
     * @param reason a clause for people, such as {@code cloud is not configured}
     */
    record Out(String reason) implements Readiness {}
}
