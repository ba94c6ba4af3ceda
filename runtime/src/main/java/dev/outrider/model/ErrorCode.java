package dev.outrider.model;

import java.util.Locale;

/** Why a request was refused or failed; the lower-case name is the code on the wire. */
public enum ErrorCode {
    NOT_JSON,
    TOO_LARGE,
    ID_MISSING,
    ID_CONFLICT,
    UNKNOWN_KIND,
    UNKNOWN_VERB,
    PARAMETER_MISSING,
    PARAMETER_TYPE,
    PARAMETER_OUT_OF_RANGE,
    UNIT_UNKNOWN,
    EXPIRED,
    ESTOP_ENGAGED,
    GATE_REFUSED,
    NOT_UNDERSTOOD,
    BUSY,
    STORAGE_FULL,
    INTERNAL;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
