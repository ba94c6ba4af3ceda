package dev.outrider.model;

/**
 * Why something was refused or failed.
 *
 * @param code its kind
 * @param rule the rule it broke, such as {@code drive.distance within -10..10 m}; empty if none
 * @param message a sentence for people, naming cause and way out
 */
public record Problem(ErrorCode code, String rule, String message) {

    public Problem(ErrorCode code, String message) {
        this(code, "", message);
    }
}
