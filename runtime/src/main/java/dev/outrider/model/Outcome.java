package dev.outrider.model;

/** How a command ended. */
public sealed interface Outcome {

    /** Every action was carried out or skipped by its condition. */
    record Done() implements Outcome {}

    /** A dry run passed the gate. */
    record Planned() implements Outcome {}

    /** Nothing moved, for that reason. */
    record Refused(Problem problem) implements Outcome {}

    /** It began and did not end well. */
    record Failed(Problem problem) implements Outcome {}

    /** Its deadline passed; what had not begun was not begun. */
    record Expired(Problem problem) implements Outcome {}

    /** Somebody cancelled it. */
    record Cancelled(String reason) implements Outcome {}

    /** The process died while it moved; it is neither guessed nor repeated. */
    record Uncertain(String reason) implements Outcome {}

    /** The outcome's name on the wire. */
    default String wireName() {
        return switch (this) {
            case Done() -> "done";
            case Planned() -> "planned";
            case Refused(Problem p) -> "refused";
            case Failed(Problem p) -> "failed";
            case Expired(Problem p) -> "expired";
            case Cancelled(String r) -> "cancelled";
            case Uncertain(String r) -> "uncertain";
        };
    }
}
