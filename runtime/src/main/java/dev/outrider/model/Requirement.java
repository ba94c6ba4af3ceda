package dev.outrider.model;

/** What must hold before a verb is carried out. */
public enum Requirement {
    /** The emergency stop is not engaged. */
    ESTOP_RELEASED("estop_released");

    private final String wireName;

    Requirement(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
